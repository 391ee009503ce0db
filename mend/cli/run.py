"""`bot.py run`: from an empty process to one that serves Slack, and to its end."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from mend.app import LISTENER_THREADS, Bot, build, gateway_of, now_utc
from mend.doctor.remedies import ORG_WIDE, said
from mend.ownit.words import Words, rehearse
from mend.people.directory import People
from mend.people.model import Role
from mend.playbooks.files import PlaybookFolder
from mend.playbooks.library import Library
from mend.serve.http import serve_http, serve_watchers
from mend.serve.process import Stop, background, finish, patiently, told_to_stop
from mend.serve.socket_mode import SHUT_OUT, Line, over_socket
from mend.serve.watching import Watched
from mend.settings import BadSettings, Settings
from mend.slack import ui
from mend.slack.gateway import SlackGateway
from mend.slack.model import NotSent
from mend.slack.outbox import Outbox

READING_SECONDS = 5.0  # a start waits so long for the names and roles of the workspace's people
STOP_SECONDS = 8.0  # to finish what was acknowledged, within the ten a supervisor allows

log = logging.getLogger("mend")


def run(settings: Settings, now: Callable[[], datetime] = now_utc) -> int:
    """Serve Slack until SIGTERM or Ctrl-C; then finish what was acknowledged and return 0."""
    missing = settings.missing_for_slack()
    if missing:
        raise BadSettings(missing)
    stop = told_to_stop()
    watched = Watched()
    if settings.mend_metrics_port:
        serve_watchers(settings, watched)  # to the end of the process, as it stops too
    slack = gateway_of(settings)
    identity = patiently(slack.identity, "SLACK_BOT_TOKEN", stop)
    if identity is None:
        return 0
    if identity.is_org_wide:
        raise BadSettings([f"This is the token of an app for a whole organisation. {ORG_WIDE}"])
    executor = ThreadPoolExecutor(LISTENER_THREADS, "listener")
    bot = build(settings, identity, now=now, executor=executor, watched=watched)
    for problem in bot.of(PlaybookFolder).problems:
        log.warning("playbooks: %s", problem)
    background(bot.of(People).refresh, "people").join(READING_SECONDS)
    bot.scheduler.start()
    background(lambda: rehearse(bot.of(Words).guard.encoder), "rehearse")
    background(bot.of(Library).warm, "warm")
    background(lambda: bot.of(PlaybookFolder).watch(stop), "playbooks")
    deafen = (
        serve_http(bot.app, settings, bot.watched)
        if settings.mend_mode == "http"
        else serve_socket(bot, slack, stop)
    )
    if not stop.is_set():
        log.info("Mend is ready in %s (%s)", identity.workspace_name, settings.mend_mode)
    stop.wait()
    watched.say_stopping()
    log.info("stopping")
    until = time.monotonic() + STOP_SECONDS
    if deafen:
        deafen(until)
    executor.shutdown(wait=False)
    finish(executor, until)
    bot.scheduler.stop(until - time.monotonic())
    bot.db.close()
    return 0


def serve_socket(bot: Bot, slack: SlackGateway, stop: threading.Event) -> Stop | None:
    def connect() -> Line | NotSent:
        ask = partial(slack.socket_url, bot.settings.slack_app_token)
        return over_socket(bot.app, ask, LISTENER_THREADS, partial(tell_admins, bot))

    line = patiently(connect, "SLACK_APP_TOKEN", stop)
    if line is None:
        return None
    bot.watched.needs["Slack"] = line.is_open
    return line.stop


def tell_admins(bot: Bot, refusal: NotSent) -> None:
    """That Slack opens no line any more; messages still go out. Once a day is enough."""
    for admin in bot.of(People).with_role(Role.ADMIN):
        key = f"shut_out:{bot.now():%Y-%m-%d}:{admin}"
        bot.of(Outbox).dm(key, admin, ui.notice(f"{said(refusal)}. {SHUT_OUT}"))
