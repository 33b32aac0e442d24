"""The Textual application: keys to changes of the desk, the desk to lines on the screen."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.widgets import Input

from sinorus.errors import SinorusError
from sinorus.pick import outside, wording
from sinorus.pick.asking import Asker, Broken, Done, Event, Opened
from sinorus.pick.desk import Desk, Question
from sinorus.pick.filters import SLOTS, Choice, Slot, choices, following
from sinorus.pick.terminal import Terminal
from sinorus.pick.view import QueryLine, View
from sinorus.render.palette import PALETTE

if TYPE_CHECKING:
    from sinorus.library import Library
    from sinorus.library.opening import Opening
    from sinorus.model.marks import Saved

_SLOW = 0.5
"""Seconds after which it is said that something is being done."""
_LOOK = 1.0
"""Seconds between looks whether the window is still there."""
_MOST_BYTES = 1 << 16
"""Of a text that is copied: terminals drop more."""


class Leaving:
    """How the session ended: by what, and the ids to print."""

    def __init__(self, how: str, ids: tuple[str, ...] = (), fault: BaseException | None = None):
        self.how, self.ids, self.fault = how, ids, fault


class Arrived(Message):
    """Something came from the thread that has the library."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.event = event


class Picker(App[Leaving]):
    """One session: see `run.pick`."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { layers: below above; background: ansi_default; color: ansi_default; }
    View { layer: below; width: 100%; height: 100%; }
    QueryLine, QueryLine:focus {
        layer: above; height: 1; border: none; padding: 0; margin: 0 0 0 2;
        background: ansi_default; color: ansi_default; background-tint: ansi_default 0%;
    }
    QueryLine:ansi > .input--cursor, QueryLine:ansi > .input--selection {
        background: ansi_default; color: ansi_default; text-style: reverse;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key.keys, key.action, key.shown, priority=True) for key in wording.KEYS
    ]

    def __init__(
        self,
        desk: Desk,
        make_asker: Callable[[Callable[[Event], None]], Asker],
        find_way: outside.FindWay,
        terminal: Terminal | None = None,
        colors: Mapping[str, str] = PALETTE,
        saves_in: str = "",
    ) -> None:
        driver = _driver_on(terminal) if terminal else None
        super().__init__(driver_class=driver, ansi_color=True)
        self.desk, self._terminal, self._find_way = desk, terminal, find_way
        self._asker = make_asker(self._deliver)
        self._values: tuple[object, list[Choice]] = (None, [])
        self.used = False
        self._colors, self._set = colors, saves_in
        self._view: View
        self._line: QueryLine

    def compose(self) -> ComposeResult:
        self._view = View(self.desk, self._colors)
        self._line = QueryLine(self.desk.text, select_on_focus=False)
        self._line.cursor_blink = False
        yield self._view
        yield self._line

    def on_mount(self) -> None:
        """Begins: the library is opened once the screen is there."""
        self._line.cursor_position = len(self._line.value)
        self._line.focus()
        loop = asyncio.get_running_loop()
        if self._terminal is not None:
            for number in (signal.SIGTERM, signal.SIGHUP):
                if signal.getsignal(number) is not signal.SIG_IGN:
                    loop.add_signal_handler(number, self._end_by, signal.Signals(number).name)
            self.set_interval(_LOOK, self._look)
        self.app_resume_signal.subscribe(self, self._come_back)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._asker.start()
        self._ask(self.desk.ask())

    def on_unmount(self) -> None:
        """Ends the thread."""
        self._asker.close()

    def _come_back(self, _: object) -> None:
        """After Ctrl-Z and `fg` nothing of the screen is there any more."""
        self.refresh(layout=True)
        self._view.refresh()
        self._line.refresh()

    def _look(self) -> None:
        if self._terminal is not None and self._terminal.hung_up():
            self._end_by("SIGHUP")

    def _end_by(self, name: str) -> None:
        self.exit(Leaving(name))

    # What comes from the thread.

    def _deliver(self, event: Event) -> None:
        self.post_message(Arrived(event))

    def on_arrived(self, message: Arrived) -> None:
        """Takes what came from the thread."""
        event = message.event
        if isinstance(event, Opened):
            self.desk.opened, self.desk.empty, self.desk.doing = True, event.empty, ""
        elif isinstance(event, Broken):
            self.exit(Leaving("fault", fault=event.fault))
        elif isinstance(event, Done):
            self._done(event)
        else:
            self.desk.accept(event)
        self._view.redraw()

    def _done(self, event: Done) -> None:
        if event.fault is None:
            event.then(event.result)
        else:
            self._say(event.fault.message)

    def tell(self, text: str, *, doing: bool = False) -> None:
        """Says a sentence from any thread: what is being `doing`, or a notice."""

        def told() -> None:
            if doing:
                self.desk.doing = text
            else:
                self.desk.message = text

        self._deliver(Done(lambda _: told()))

    def _say(self, text: str) -> None:
        self.desk.message = text
        self._view.redraw()

    def _ask(self, question: Question | None) -> None:
        if question is not None:
            self._asker.ask(question)
            self.set_timer(_SLOW, self._say_if_waiting)
        self._view.redraw()

    def _say_if_waiting(self) -> None:
        if self.desk.waiting and self.desk.opened:
            self.desk.doing = wording.SEARCHING
            self._view.redraw()

    # What the keys do.

    def on_input_changed(self, event: Input.Changed) -> None:
        """Searches for what is typed."""
        if event.value == "?" and not self.desk.text:
            self._line.value = ""
            self.desk.helping = True
            self._view.redraw()
        elif event.value != self.desk.text:
            self.desk.helping = False
            self._ask(self.desk.type(event.value))

    def action_move(self, step: int) -> None:
        """Goes to another hit."""
        self._ask(self.desk.move(step))

    def action_page(self, step: int) -> None:
        """Goes on by as many hits as are in sight."""
        self._ask(self.desk.move(step * self.desk.rows))

    def action_scroll(self, step: int) -> None:
        """Moves the paragraph in its pane."""
        self.desk.scroll += step
        self._view.redraw()

    def action_mark(self, step: int) -> None:
        """Marks a hit, and goes on."""
        self.desk.mark()
        self._ask(self.desk.move(step))

    def action_across(self) -> None:
        """Asks in all languages, or no longer."""
        self._ask(self.desk.widen())

    def action_clear(self) -> None:
        """Takes the filters away."""
        self._ask(self.desk.clear())

    def action_narrow(self, number: int) -> None:
        """Goes on to the next value of a filter."""
        slot, query = SLOTS[number], self.desk.query
        asked = (slot, query.text, query.across, tuple(sorted(self._rest(slot))))
        if self._values[0] == asked:
            self._narrow(slot, self._values[1])
            return

        def told(found: list[Choice]) -> None:
            self._values = (asked, found)
            self._narrow(slot, found)

        self._asker.do(lambda library: choices(library, query, slot), told)

    def _rest(self, slot: Slot) -> list[tuple[str, str]]:
        return [(name, one.label) for name, one in self.desk.chosen.items() if name != slot.name]

    def _narrow(self, slot: Slot, found: list[Choice]) -> None:
        choice = following(found, self.desk.chosen.get(slot.name))
        if choice:
            at, of = found.index(choice) + 1, len(found)
            told = wording.narrowed_by(slot.name, choice.label, choice.paragraphs, at, of)
        else:
            told = f"{slot.name}: all" if found else f"{slot.name}: none is known of these"
        self._ask(self.desk.choose(slot, choice, told))

    def action_quote(self) -> None:
        """Copies quotations."""
        hits = self.desk.taken()
        self._copy("quotation", outside.quotations(hits), len(hits))

    def action_cite(self) -> None:
        """Copies ids."""
        hits = self.desk.taken()
        self._copy("id", "\n".join(outside.ids(hits)), len(hits))

    def action_save(self) -> None:
        """Puts what is taken into the set of marks."""
        text = self.desk.text
        if found := [(hit.paragraph, text) for hit in self.desk.taken()]:
            self._asker.do(lambda library: library.marks.put(self._set, found), self._kept)

    def _kept(self, saved: Saved) -> None:
        self.used = True
        self._say(wording.saved(saved))
        self._ask(self.desk.ask())  # the sign of what is marked

    def _copy(self, what: str, text: str, number: int) -> None:
        if not number:
            return
        if len(text.encode()) > _MOST_BYTES:
            self._say("too much for the clipboard of a terminal: mark fewer, or print ids")
            return
        outside.copy(self, text)
        self.used = True
        self._say(wording.copied(what, number))

    def action_help(self) -> None:
        """Shows the page of help, or no longer."""
        self.desk.helping = not self.desk.helping
        self._view.redraw()

    def action_leave(self) -> None:
        """Leaves the page of help, else all."""
        if self.desk.helping:
            self.action_help()
        else:
            self.exit(Leaving("left"))

    def action_take(self) -> None:
        """Leaves with the ids."""
        if hits := self.desk.taken():
            self.exit(Leaving("taken", tuple(outside.ids(hits))))

    def action_interrupt(self) -> None:
        """Leaves as Ctrl-C does."""
        self.exit(Leaving("interrupt"))

    # Programs.

    def action_open(self) -> None:
        """Opens the document of the hit under the cursor."""
        if self.desk.helping or (hit := self.desk.current) is None:
            return
        name = hit.paragraph.id
        job = partial(_openings, name=name)
        self._asker.do(job, self._open_soon)

    def _open_soon(self, opening: Opening) -> None:
        self.run_worker(self._open(opening))

    async def _open(self, opening: Opening) -> None:
        try:
            way = self._find_way(opening)
            told = "; ".join(way.notices) or f"opened: {opening.part.asked}"
            if way.attached and self._terminal is not None:
                self._run_on(self._terminal, way)
            else:
                await asyncio.to_thread(way.run)
        except SinorusError as fault:
            self._say(f"{fault.message} ({fault.hint})" if fault.hint else fault.message)
            return
        self.used = True
        self._say(told)
        # Something may have been written in an editor.
        self._asker.refresh(lambda _: self._ask(self.desk.ask()))

    def _run_on(self, terminal: Terminal, way: outside.Way) -> None:
        fault: SinorusError | None = None
        # What Ctrl-C means is the program's to say, while it has the terminal.
        ours = signal.signal(signal.SIGINT, lambda *_: None)
        with self.suspend():  # which no error may leave: the screen would not come back
            try:
                with terminal.lent():
                    way.run()
            except SinorusError as error:
                fault = error
        signal.signal(signal.SIGINT, ours)
        if fault:
            raise fault


def _openings(library: Library, *, name: str) -> Opening:
    return library.openings(name, update=False)[0]


def _driver_on(terminal: Terminal) -> type[LinuxDriver]:
    """A driver that reads and writes this terminal, whatever the standard streams are."""

    class OnTerminal(LinuxDriver):
        def __init__(self, app: App[Any], **options: Any) -> None:
            super().__init__(app, **{**options, "mouse": False})
            self._file = terminal  # type: ignore[assignment]
            self.fileno = terminal.handle
            self.input_tty = True

        def _get_terminal_size(self) -> tuple[int, int]:
            return terminal.size()

        def start_application_mode(self) -> None:
            super().start_application_mode()  # type: ignore[no-untyped-call]
            self.attrs_before = terminal.attributes  # those before our first frame

    return OnTerminal
