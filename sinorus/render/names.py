"""Names in words: each form with what it does, and the record that data formats share."""

from __future__ import annotations

from collections.abc import Sequence

from sinorus.model.names import NameForm, NameGroup
from sinorus.render.view import Record
from sinorus.render.visible import one_line

_DOES = {"form": "", "narrower": "narrower", "opens": "asks only", "ambiguous": "ambiguous"}
OTHER = "other"
"""What the column of forms is called that are in no script of the three languages."""


def form_told(one: NameForm) -> tuple[str, str]:
    """A form as a names file has it (`=US`), and what there is to say of it: may be empty."""
    does = "ambiguous" if one.ambiguous else _DOES[one.kind]
    said = [does] if does else []
    said += ["own"] if one.own else []
    said += [f"{one.paragraphs:,}"] if one.paragraphs is not None else []
    return ("=" if one.cased else "") + one_line(one.form), ", ".join(said)


def forms_told(forms: Sequence[NameForm]) -> list[str]:
    """Each form with what there is to say of it: `Trump (asks only)`."""
    told = map(form_told, forms)
    return [f"{form} ({said})" if said else form for form, said in told]


def row(group: NameGroup) -> Record:
    """A group as a row of a table: its forms in a column for each language."""
    columns = {lang or OTHER: forms_told(forms) for lang, forms in group.languages()}
    return {
        "name": group.name,
        "paragraphs": group.paragraphs,
        "documents": group.documents,
        "from": group.origin,
        **columns,
        "person": group.person,
        "patronymic": group.patronymic or None,
    }
