"""One bit, a piece cut off, something put behind: never another answer than the right one."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from support.tampering import CHECK, READING, asked, contents_file, flipped, places, segments

from sinorus.engines.whoosh.segment.file import HEADER, ROW

if TYPE_CHECKING:
    from support.program import Sinorus


def proven(sinorus: Sinorus, target: Path, versions: dict[str, bytes], seen: bool) -> None:
    """All that is asked of each version is answered rightly or called damage; a check finds it.

    With `seen` nothing at all can be answered.
    """
    commands = [*READING, CHECK]
    first, *others = asked(sinorus, target, list(versions.values()), commands)
    assert all(said.code == 0 for said in first), first
    for name, answers in zip(versions, others, strict=True):
        for command, said, right in zip(READING, answers, first, strict=False):
            assert said.refused or (said == right and not seen), (name, command, said)
        check = answers[-1]
        assert check.code == 2, (name, check)
        assert '"damage": []' not in check.out, (name, check)
        assert "Traceback" not in check.err, (name, check)


def test_a_bit_in_each_section(full: Path, sinorus: Sinorus) -> None:
    (path,) = segments(full)
    sound, luck = path.read_bytes(), random.Random(3)
    versions = {}
    for name, (start, sums, end) in places(path).items():
        assert start < sums < end, f"there is nothing in {name}"
        for at in {start, sums - 1, *(luck.randrange(start, sums) for _ in range(3))}:
            versions[f"{name} at {at - start}"] = flipped(sound, at, luck.randrange(8))
        at = luck.randrange(sums, end)
        versions[f"sum of {name} at {at - sums}"] = flipped(sound, at, luck.randrange(8))
    proven(sinorus, path, versions, seen=False)


def test_a_bit_in_the_header_and_in_the_table_of_sections(full: Path, sinorus: Sinorus) -> None:
    (path,) = segments(full)
    sound, luck = path.read_bytes(), random.Random(4)
    table = HEADER.unpack_from(sound)[3]
    versions = {
        f"header at {at}": flipped(sound, at, luck.randrange(8)) for at in range(HEADER.size)
    }
    for at in luck.sample(range(table, len(sound)), 40):
        versions[f"table at {divmod(at - table, ROW.size)}"] = flipped(sound, at, luck.randrange(8))
    proven(sinorus, path, versions, seen=True)


def test_a_bit_between_the_sections(full: Path, sinorus: Sinorus) -> None:
    """Nobody reads there, so all answers are right; it is damage all the same."""
    (path,) = segments(full)
    sound, luck = path.read_bytes(), random.Random(5)
    bounds = sorted(places(path).values())
    gaps = [at for (_, _, end), (start, _, _) in pairwise(bounds) for at in range(end, start)]
    versions = {
        f"gap at {at}": flipped(sound, at, luck.randrange(8)) for at in luck.sample(gaps, 10)
    }
    proven(sinorus, path, versions, seen=False)


def test_a_bit_in_the_table_of_contents(full: Path, sinorus: Sinorus) -> None:
    path = contents_file(full)
    sound, luck = path.read_bytes(), random.Random(6)
    foot = range(8 * (len(sound) - 20), 8 * len(sound))
    bits = {*foot, *luck.sample(range(8 * len(sound)), 250)}
    versions = {f"bit {bit}": flipped(sound, bit // 8, bit % 8) for bit in sorted(bits)}
    commands = [READING[0], ["index"], CHECK]
    first, *others = asked(sinorus, path, list(versions.values()), commands)
    assert [said.code for said in first] == [0, 0, 0]
    for name, (search, index, check) in zip(versions, others, strict=True):
        assert search.refused, (name, search)
        assert index.refused, (name, index)
        assert check.code == 2, (name, check)
        assert '"damage": []' not in check.out, (name, check)


def test_a_segment_that_was_cut_or_goes_on(full: Path, sinorus: Sinorus) -> None:
    (path,) = segments(full)
    sound, luck = path.read_bytes(), random.Random(7)
    cuts = {0, 1, HEADER.size - 1, HEADER.size, len(sound) - 1, len(sound) // 2}
    cuts |= {end for places_of in luck.sample(list(places(path).values()), 12) for end in places_of}
    versions = {f"{cut} bytes": sound[:cut] for cut in sorted(cuts)}
    for size in (1, 64, 20_000):
        versions[f"{size} bytes behind"] = sound + luck.randbytes(size)
        versions[f"{size} zeros behind"] = sound + bytes(size)
        versions[f"{size} bytes before"] = luck.randbytes(size) + sound
    versions["twice"] = sound * 2
    proven(sinorus, path, versions, seen=True)


def test_a_table_of_contents_that_was_cut_or_goes_on(full: Path, sinorus: Sinorus) -> None:
    path = contents_file(full)
    sound, luck = path.read_bytes(), random.Random(8)
    versions = {f"{cut} bytes": sound[:cut] for cut in luck.sample(range(len(sound)), 30)}
    versions |= {"a byte behind": sound + b"\0", "twice": sound * 2, "zeros": bytes(len(sound))}
    commands = [READING[0], ["index"], CHECK]
    _, *others = asked(sinorus, path, list(versions.values()), commands)
    for name, (search, index, check) in zip(versions, others, strict=True):
        assert search.refused, (name, search)
        assert index.refused, (name, index)
        assert check.code == 2, (name, check)


def test_a_fresh_process_says_the_same(full: Path, sinorus: Sinorus) -> None:
    """As the tests above, without what a process that lives on has read before."""
    (path,) = segments(full)
    sound = path.read_bytes()
    right = sinorus(*READING[0])
    for name in ("text.rows", "text.lists", "doc.records", "para.records", "value.docs"):
        start, sums, _ = places(path)[name]
        path.write_bytes(flipped(sound, (start + sums) // 2, 4))
        search = sinorus(*READING[0])
        assert (search.code == 2 and "is damaged" in search.err) or search == right, (name, search)
        assert sinorus(*CHECK).json["damage"]
        path.write_bytes(sound)
    assert sinorus(*CHECK).json["damage"] == []
