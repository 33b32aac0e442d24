"""Making a library and looking after it: init, add, sources, status, index, settings, help."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.golden import assert_golden

from sinorus import __version__

if TYPE_CHECKING:
    from support.program import MakeLibrary, Sinorus

COMMANDS = ["search", "show", "pick", "compare", "sources", "status", "index", "add", "init"]
COMMANDS += ["completion"]


def test_from_nothing_to_an_answer(sinorus: Sinorus, tmp_path: Path) -> None:
    sinorus.cwd = tmp_path / "work"
    sinorus.cwd.mkdir()
    lost = sinorus("search", "alliance")
    assert (lost.out, lost.code) == ("", 2)
    assert f"no library at or above {sinorus.cwd}" in lost.err
    assert "sinorus init" in lost.err

    made = sinorus("init")
    assert (made.code, made.out.split(": ")[0]) == (0, f"{sinorus.cwd} is a library")
    assert sorted(path.name for path in sinorus.cwd.iterdir()) == ["index", "seeds", "sinorus.toml"]

    (tmp_path / "2023-05-04 a pact.md").write_text("# A pact\n\nThe alliance ends here.\n")
    added = sinorus("add", tmp_path / "2023-05-04 a pact.md")
    assert added.out == "seeds/2023-05-04 a pact.md (title: A pact, date: 2023-05-04, lang: en)\n"
    found = sinorus("search", "alliance")
    assert found.out == (
        "seeds/2023-05-04 a pact.md:9:2023-05-04 a pact#2:The alliance ends here.\n"
    )
    assert found.err.startswith("note: indexed 1 document, 2 paragraphs in ")


def test_what_is_there_already_is_left_as_it_is(own_press: Path, sinorus: Sinorus) -> None:
    (own_press / "sinorus.toml").write_text("limit = 1\n")
    before = sorted(own_press.rglob("*"))
    assert "made index/.gitignore" in sinorus("init").out
    assert "it was one already" in sinorus("init").out
    assert (own_press / "sinorus.toml").read_text() == "limit = 1\n"
    assert sorted(own_press.rglob("*")) == sorted([*before, own_press / "index/.gitignore"])
    assert len(sinorus("search", "alliance").lines) == 1


def test_another_folder_is_made_a_library(sinorus: Sinorus) -> None:
    assert sinorus("init", "a/b c").code == 0
    assert sinorus("--library", "d", "init").code == 0
    for made in ("a/b c", "d"):
        assert (sinorus.cwd / made / "seeds").is_dir()
        assert sinorus("--library", made, "status").code == 0
    (sinorus.cwd / "file").touch()
    taken = sinorus("init", "file")
    assert (taken.out, taken.code) == ("", 2)
    assert "cannot be made a library" in taken.err


@pytest.mark.parametrize("name", [b"l\xff", "мой каталог", "l\x1b[31m", "l\nl"])
def test_a_folder_of_any_name_can_be_a_library(sinorus: Sinorus, name: str | bytes) -> None:
    made = sinorus("init", name)
    assert made.code == 0, made.err
    assert "\x1b" not in made.out
    assert len(made.lines) == 1
    assert sinorus("--library", name, "status").code == 0


def test_the_nearest_library_above_is_meant(press: Path, sinorus: Sinorus, tmp_path: Path) -> None:
    assert sinorus("search", "-c", "gas", cwd=press / "seeds/carnegie").out == "2\n"
    outside = sinorus("search", "-c", "gas", cwd=tmp_path, env={"SINORUS_LIBRARY": str(press)})
    assert outside.out == "2\n"
    named = sinorus("--library", press, "search", "-c", "gas", cwd=tmp_path)
    assert named.out == "2\n"
    wrong = {"SINORUS_LIBRARY": str(tmp_path / "nowhere")}
    assert sinorus("--library", press, "search", "-c", "gas", env=wrong).out == "2\n"
    answer = sinorus("search", "gas", env=wrong)
    assert (answer.code, "nowhere is not a folder" in answer.err) == (2, True)
    answer = sinorus("--library", tmp_path, "search", "gas")
    assert (answer.code, "neither sinorus.toml nor seeds/" in answer.err) == (2, True)


def test_a_folder_that_is_gone_is_an_error_and_no_bug(sinorus: Sinorus) -> None:
    answer = sinorus.shell("mkdir gone && cd gone && rmdir ../gone && sinorus search gas")
    assert answer.code == 2, answer.err


def test_documents_are_copied_whole_or_not_at_all(own_press: Path, sinorus: Sinorus) -> None:
    inbox = own_press.parent / "inbox"
    inbox.mkdir()
    (inbox / "visit.txt").write_bytes("Визит в Пекин.\n".encode("cp1251"))
    (inbox / "scan.pdf").write_bytes(b"%PDF-1.4")
    (inbox / "notes.txt").write_text("Something else.\n")
    (inbox / "void.md").write_text("\n \n")
    answer = sinorus("add", *sorted(inbox.iterdir()), inbox / "none.md")
    assert answer.code == 2
    assert answer.out == "seeds/visit.txt (lang: ru)\n"
    told = [line for line in answer.err.split("\n") if not line.startswith("  ")]
    assert "notes.txt: another file of this name is in the library" in told[0]
    assert "scan.pdf: it is no PDF, or a broken one: open it and save it anew" in told[1]
    assert "void.md: the file has no text" in told[2]
    assert "none.md: no such file or directory" in told[3]
    assert (own_press / "seeds/visit.txt").read_text("utf-8").endswith("Визит в Пекин.\n")
    assert sinorus("search", "-l", "Пекина").lines == ["seeds/visit.txt"]
    assert [path.name for path in (own_press / "seeds").iterdir() if path.name[0] == "."] == []


def test_documents_go_where_they_are_told(own_press: Path, sinorus: Sinorus) -> None:
    (own_press / "sinorus.toml").write_text('sources = ["seeds", "papers"]\n')
    mine = own_press.parent / "mine.md"
    mine.write_text("A zebra crossing.\n")
    assert sinorus("add", "--to", "papers", mine).out.startswith("papers/mine.md")
    assert sinorus("add", "--to", "seeds/sub", mine).code == 0
    assert sorted(sinorus("search", "-l", "zebra").lines) == ["papers/mine.md", "seeds/sub/mine.md"]
    wrong = sinorus("add", "--to", "elsewhere", mine)
    assert (wrong.out, wrong.code) == ("", 2)
    assert "it has seeds, papers" in wrong.err


def test_documents_never_go_outside_the_library(own_press: Path, sinorus: Sinorus) -> None:
    mine = own_press.parent / "mine.md"
    mine.write_text("A zebra crossing.\n")
    answer = sinorus("add", "--to", "seeds/../../outside", mine)
    assert not (own_press.parent / "outside").exists()
    assert (answer.out, answer.code) == ("", 2)


def test_a_library_without_source_folders_cannot_take_a_document(
    own_press: Path, sinorus: Sinorus
) -> None:
    (own_press / "sinorus.toml").write_text("sources = []\n")
    mine = own_press.parent / "mine.md"
    mine.write_text("A zebra crossing.\n")
    answer = sinorus("add", mine)
    assert (answer.out, answer.code) == ("", 2), answer.err


def test_the_sources_with_what_is_known_of_them(press: Path, sinorus: Sinorus) -> None:
    assert_golden("cli/sources.tsv", sinorus("sources").out)


@pytest.mark.parametrize(
    ("flags", "documents"),
    [
        (["--lang", "ru"], ["kremlin/statement"]),
        (["--not-lang", "ru", "--since", "2022"], ["carnegie/pact", "xinhua/visit"]),
        (["--tag", "summit", "--not-author", "Wang"], ["kremlin/statement"]),
        (["--missing", "date"], ["notes"]),
        (["--missing", "url", "--missing", "author"], ["carnegie/pact", "notes", "xinhua/visit"]),
        (["--missing", "lang"], []),
        (["--path", "seeds/*/pact.md"], ["carnegie/pact"]),
        (["--source", "visit"], ["xinhua/visit"]),
    ],
)
def test_some_of_the_sources(
    press: Path, sinorus: Sinorus, flags: list[str], documents: list[str]
) -> None:
    answer = sinorus("sources", *flags, "--json")
    assert answer.ids == documents
    assert answer.code == (0 if documents else 1)
    assert sinorus("sources", *flags, "-c").out == f"{len(documents)}\n"


def test_the_state_of_a_library(own_press: Path, sinorus: Sinorus) -> None:
    fresh = sinorus("status", "--json").json
    assert (fresh["documents"], fresh["paragraphs"], fresh["words"]) == (4, 11, 84)
    assert (fresh["first"], fresh["last"]) == ("2022", "2023-03")  # which may be the 31st
    assert (fresh["added"], fresh["changed"], fresh["removed"]) == (0, 0, 0)
    assert [one["lang"] for one in fresh["languages"]] == ["en", "ru", "zh"]
    assert fresh["missing"]["date"] == 1
    assert (fresh["checked"], fresh["damage"]) == (False, [])
    (own_press / "seeds/new.txt").write_text("New.\n")
    (own_press / "seeds/notes.txt").unlink()
    (own_press / "seeds/xinhua/visit.md").write_text("Changed.\n")
    stale = sinorus("status", "--json").json
    assert (stale["added"], stale["changed"], stale["removed"]) == (1, 1, 1)
    lines = sinorus("status").lines
    assert "documents: 4" in lines
    assert "language ru: 1 document, 3 paragraphs, 15 words" in lines
    assert "without date: 1" in lines


def test_a_sound_index_is_found_sound(own_press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("status", "--check", "--json")
    assert (answer.json["checked"], answer.json["damage"], answer.code) == (True, [], 0)


def test_an_index_run_says_what_it_did(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library(
        {"a.md": "One.\n\nTwo.\n", "b.txt": "Three.\n", "c.txt": b"\x7fELF\x02\x01\x01\x00\x00\x00"}
    )
    answer = sinorus("index")
    assert answer.out.startswith(
        "2 new, 0 updated, 0 unchanged, 0 removed, 1 skipped: 2 documents, 3 paragraphs in "
    )
    assert answer.err == "seeds/c.txt: skipped: binary file\n"
    assert answer.code == 0
    again = sinorus("index", "--strict")
    assert again.out.startswith("0 new, 0 updated, 2 unchanged, 0 removed, 1 skipped")
    assert (again.err, again.code) == (answer.err, 1)
    (root / "seeds/c.txt").unlink()
    assert sinorus("index", "--strict").code == 0
    quiet = sinorus("index", "--quiet")
    assert (quiet.out, quiet.err) == ("", "")


def test_the_index_of_an_empty_library(sinorus: Sinorus) -> None:
    assert sinorus("init").code == 0
    answer = sinorus("index")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("0 new, 0 updated, 0 unchanged, 0 removed, 0 skipped: 0 documents")
    found = sinorus("search", "gas", "--no-notices")
    assert (found.out, found.err, found.code) == ("", "", 1)


def test_a_library_whose_only_file_cannot_be_read(library: MakeLibrary, sinorus: Sinorus) -> None:
    library({"c.pdf": b"%PDF-1.7"})
    answer = sinorus("index")
    assert (answer.code, answer.err.count("\n")) == (0, 1), answer.err


def test_only_the_files_named_are_indexed(own_press: Path, sinorus: Sinorus) -> None:
    for name in ("new one.txt", "other.txt"):
        (own_press / "seeds" / name).write_text("A zebra.\n")
    (own_press / "seeds/notes.txt").unlink()
    answer = sinorus("index", "--files-from", "-", stdin="seeds/new one.txt\r\nREADME.md\n")
    assert answer.out.startswith("1 new, 0 updated, 4 unchanged, 0 removed, 1 skipped")
    assert answer.err == "README.md: skipped: is not a file in a source folder\n"
    assert sinorus("search", "-l", "zebra", "--no-update").lines == ["seeds/new one.txt"]
    names = own_press.parent / "names"
    names.write_bytes(b"other.txt\0notes.txt\0")
    answer = sinorus("index", "--files-from", names, "-0", cwd=own_press / "seeds")
    assert answer.out.startswith("1 new, 0 updated, 4 unchanged, 1 removed, 0 skipped")
    assert sinorus("index").out.startswith("0 new, 0 updated, 5 unchanged, 0 removed")


def test_more_than_one_source_folder(own_press: Path, sinorus: Sinorus) -> None:
    (own_press / "papers").mkdir()
    (own_press / "papers/zebra.md").write_text("A zebra.\n")
    (own_press / "sinorus.toml").write_text('sources = ["seeds", "papers"]\n')
    assert sinorus("search", "zebra").out == "papers/zebra.md:1:zebra#1:A zebra.\n"
    assert sinorus("search", "-c", "gas").out == "2\n"


@pytest.mark.parametrize("folder", ["missing", "../outside", "/tmp"])
def test_a_source_folder_that_is_not_there_loses_nothing(
    own_press: Path, sinorus: Sinorus, folder: str
) -> None:
    """A disk that is not mounted must not empty the index, nor a folder outside be read."""
    (own_press.parent / "outside").mkdir()
    (own_press.parent / "outside/secret.md").write_text("A secret.\n")
    (own_press / "sinorus.toml").write_text(f'sources = ["seeds", "{folder}"]\n')
    answer = sinorus("index")
    assert (answer.out, answer.code) == ("", 2)
    assert f"{folder}: the source folder" in answer.err
    found = sinorus("search", "-c", "gas")
    assert found.out == "2\n"
    assert f"{folder}: the source folder" in found.err
    assert sinorus("search", "-c", "secret").out == "0\n"


def test_flag_environment_library_user(own_press: Path, sinorus: Sinorus) -> None:
    """The nearer to the command, the stronger: each setting gives way to the one before it."""

    def shown(*flags: str, **environment: str) -> int:
        return len(sinorus("search", "--lang", "en", *flags, env=environment).lines)

    user = sinorus.home / "config/sinorus/config.toml"
    user.parent.mkdir(parents=True)
    assert shown() == 6
    user.write_text("limit = 4\n")
    assert shown() == 4
    (own_press / "sinorus.toml").write_text("limit = 3\n")
    assert shown() == 3
    assert shown(SINORUS_LIMIT="2") == 2
    assert shown("-n", "1", SINORUS_LIMIT="2") == 1
    (own_press / "sinorus.toml").unlink()
    assert shown() == 4


def test_the_users_own_settings_are_under_home_without_xdg(press: Path, sinorus: Sinorus) -> None:
    user = sinorus.home / ".config/sinorus/config.toml"
    user.parent.mkdir(parents=True)
    user.write_text("limit = 1\n")
    assert len(sinorus("search", "gas", env={"XDG_CONFIG_HOME": ""}).lines) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("limt = 3", ["unknown key 'limt'", "did you mean 'limit'?"]),
        ("zzz = 3", ["unknown key 'zzz'", "known keys: sources"]),
        ("library = '/x'", ["'library'"]),
        ("limit = '3'", ["limit = '3' is not a whole number"]),
        ("limit = true", ["is not a whole number"]),
        ("limit = -1", ["limit = -1"]),
        ("color = 'blue'", ["color = 'blue'", "auto, always, never"]),
        ("names = 1", ["true or false"]),
        ("sources = 'seeds'", ["a list of folder names"]),
        ("limit = ", ["sinorus.toml"]),
        ("engine = 'google'", ["whoosh"]),
        ("pager = 'touch owned'", ["a library may not set 'pager'", "SINORUS_PAGER"]),
    ],
)
def test_a_wrong_setting_of_a_library_is_named(
    own_press: Path, sinorus: Sinorus, text: str, words: list[str]
) -> None:
    (own_press / "sinorus.toml").write_text(text + "\n")
    for command in (["search", "gas"], ["status"], ["index"]):
        answer = sinorus(*command)
        assert (answer.out, answer.code) == ("", 2)
        assert answer.err.startswith(f"error: {own_press}/sinorus.toml: ")
        assert all(word in answer.err for word in words), answer.err
    assert not (own_press / "owned").exists()


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("SINORUS_LIMIT", "many", ["SINORUS_LIMIT='many'", "a whole number"]),
        ("SINORUS_NAMES", "maybe", ["SINORUS_NAMES", "true or false"]),
        ("SINORUS_COLOR", "blue", ["SINORUS_COLOR", "auto"]),
        ("SINORUS_LIMTI", "3", ["SINORUS_LIMTI", "limit"]),
    ],
)
def test_a_wrong_setting_of_the_environment_is_named(
    press: Path, sinorus: Sinorus, variable: str, value: str, words: list[str]
) -> None:
    answer = sinorus("search", "gas", env={variable: value})
    assert (answer.out, answer.code) == ("", 2)
    assert all(word.lower() in answer.err.lower() for word in words), answer.err


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_opens_with_examples(sinorus: Sinorus, command: str, flag: str) -> None:
    answer = sinorus(*command.split(), flag)
    assert (answer.err, answer.code) == ("", 0)
    assert answer.lines[0].startswith(f"Usage: {' '.join(['sinorus', command]).strip()} ")
    head = answer.out.partition("Options:")[0]
    assert f"Examples:\n    sinorus {command}".rstrip() in head
    assert all(len(line) <= 100 for line in answer.lines)


def test_without_a_command_the_help_is_shown(sinorus: Sinorus) -> None:
    answer = sinorus()
    assert answer.code == 2
    assert all(command in answer.out + answer.err for command in COMMANDS)


@pytest.mark.parametrize("flag", ["-V", "--version"])
def test_version(sinorus: Sinorus, flag: str) -> None:
    answer = sinorus(flag)
    assert (answer.out, answer.code) == (f"sinorus {__version__}\n", 0)


def completed(sinorus: Sinorus, words: list[str]) -> list[str]:
    """What bash offers for the last of `words`, with our script in a file of its own."""
    script = sinorus("completion", "bash")
    assert (script.err, script.code) == ("", 0)
    (sinorus.home / "completion.bash").write_text(script.out)
    listed = " ".join(f"'{word}'" for word in words)
    answer = sinorus.shell(
        "source ~/completion.bash\n"
        "what=$(complete -p sinorus) && what=${what#*-F } && what=${what%% *}\n"
        f"COMP_WORDS=({listed}) COMP_CWORD={len(words) - 1}\n"
        f'"$what" sinorus && printf "%s\\n" "${{COMPREPLY[@]}}"\n'
    )
    assert answer.err == ""
    return answer.lines


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["sinorus", "sea"], ["search"]),
        (["sinorus", "s"], ["search", "show", "sources", "status"]),
        (["sinorus", "search", "--max"], ["--max-per-doc"]),
        (["sinorus", "search", "--sort", "rel"], ["relevance"]),
        (["sinorus", "compare", "--by", "p"], ["publisher"]),
        (["sinorus", "completion", ""], ["bash", "zsh", "fish"]),
    ],
)
def test_bash_completes(sinorus: Sinorus, words: list[str], offered: list[str]) -> None:
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    assert completed(sinorus, words) == offered


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_can_read_their_script(sinorus: Sinorus, shell: str) -> None:
    script = sinorus("completion", shell)
    assert (script.err, script.code) == ("", 0)
    assert "_SINORUS_COMPLETE" in script.out
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    (sinorus.home / "script").write_text(script.out)
    checked = sinorus.shell(f"{shell} -n script")
    assert (checked.out, checked.err, checked.code) == ("", "", 0)


def test_a_shell_unknown(sinorus: Sinorus) -> None:
    answer = sinorus("completion", "cmd.exe")
    assert (answer.out, answer.code) == ("", 2)
    assert "bash" in answer.err
