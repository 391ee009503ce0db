"""`/mend pause`: sixty seconds, one tap, a sentence to go back with, and calmer words.

Nothing here saves, logs or counts, not even that somebody paused: no handler of this file may
ask for a service that keeps anything, and none sets off a job.
"""

from mend.db.model import Refused
from mend.dispatch.routes import Reply, Request, Routes, Typed, opens
from mend.pause import views as blocks
from mend.playbooks.library import Library
from mend.slack import ui
from mend.text.slack_text import plain
from mend.text.wording import calmer

on = Routes(counts=False)


@on.subcommand("pause", help="A minute for yourself. Nothing of it is kept.")
@on.action(blocks.CARD)
def pause(request: Request) -> Reply:
    """Beside what is on the screen: a repair answer stays where it is."""
    return Reply(blocks.card(), replaces=False, is_fleeting=True)


@on.action(blocks.OPEN)
def open_window(request: Request) -> Reply:
    """In a window, because what is written into App Home stays there to be seen."""
    return Reply(form=ui.panel("Mend", blocks.card()))


@on.action(blocks.TAP)
def tap(request: Request) -> Reply:
    return Reply(blocks.card(request.value), is_fleeting=True)


@on.action(blocks.WRITE)
def write(request: Request) -> Reply:
    return opens(blocks.words_form(), blocks.WRITE, "write")


@on.view(blocks.FORM, typed=Typed.NOBODYS)
def written(request: Request, library: Library) -> Reply:
    """Two calmer ways; what is told to a customer may open like the playbook that surely fits."""
    typed, is_for_customer = blocks.read_words(request.answers)
    words = plain(typed)
    book = library.fitting(words) if is_for_customer else None
    ways = calmer(words, book.say_first if book else "")
    if ways is None:
        raise Refused("There are no words in it yet.", blocks.WORDS_FIELD)
    is_borrowed = book and book.say_first and ways[0].startswith(book.say_first)
    return Reply(
        form=blocks.calmer_ways(ways, borrowed_from=book.title if book and is_borrowed else "")
    )
