"""Frozen values that are made quickly.

`@value(frozen=True)` gives what `@dataclass(frozen=True)` gives, and `fields`, `replace` and
`is_dataclass` know its classes. But a dataclass compiles six methods for each class, which is half
a millisecond, and every start of the command makes dozens of classes. Here all of them share the
methods that are written below. A class that has an `__init__` of its own keeps it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["value"]

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:
    import operator
    from dataclasses import MISSING, FrozenInstanceError, dataclass, fields

    def value(*, frozen, order=False):
        """A decorator that makes a class one of frozen values, equal only to their own kind."""
        assert frozen, "a value that can change is an ordinary dataclass"

        def finished(kind):
            kind = dataclass(init=False, repr=False, eq=False)(kind)
            if "__init__" not in vars(kind):
                kind.__init__ = _initialiser(kind)
            kind.__eq__, kind.__hash__ = _comparison(kind)
            kind.__repr__ = _shown
            kind.__setattr__ = kind.__delattr__ = _refused
            for name in ("__lt__", "__le__", "__gt__", "__ge__") if order else ():
                setattr(kind, name, _ordering(getattr(operator, name)))
            return kind

        return finished

    def _initialiser(kind):
        names, made = kind.__match_args__, fields(kind)
        size, expected = len(names), frozenset(names)
        defaults = {one.name: one.default for one in made if one.default is not MISSING}
        factories = {
            one.name: one.default_factory for one in made if one.default_factory is not MISSING
        }

        def __init__(self, *given, **named):  # noqa: N807
            known = self.__dict__
            if len(given) == size and not named:
                known.update(zip(names, given, strict=True))
                return
            known.update(defaults, **named)
            known.update(zip(names, given))  # noqa: B905 - the rest are named or by default
            for name, factory in factories.items():
                if name not in known:
                    known[name] = factory()
            if known.keys() != expected or len(given) + len(named) > size:
                raise TypeError(f"{kind.__name__}() takes {', '.join(names)}")

        return __init__

    def _comparison(kind):
        names = [one.name for one in fields(kind) if one.compare]
        told = operator.attrgetter(*names) if names else type

        def __eq__(self, other):  # noqa: N807
            if type(self) is not type(other):
                return NotImplemented
            return self is other or told(self) == told(other)

        def __hash__(self):  # noqa: N807
            return hash((kind, told(self)))

        return __eq__, __hash__

    def _ordering(compare):
        def ordered(self, other):
            if type(self) is not type(other):
                return NotImplemented
            names = self.__match_args__
            mine, its = self.__dict__, other.__dict__
            return compare([mine[name] for name in names], [its[name] for name in names])

        return ordered

    def _shown(self):
        told = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self.__match_args__)
        return f"{type(self).__qualname__}({told})"

    def _refused(self, name, *_):
        raise FrozenInstanceError(f"cannot assign to field {name!r}")
