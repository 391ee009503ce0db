"""What to do about what Slack, or the way to it, does not do."""

from mend.slack.lost import NO_ANSWER_OF_SLACKS, NO_TLS, PROXY_PASSWORD, PROXY_REFUSED, UNTRUSTED
from mend.slack.model import Failure, NotSent

ORG_WIDE = (
    "Install it into one workspace: Mend serves the people of one. (In the app's settings: Install"
    " App, then the workspace, not the organisation.)"
)
_ORGANISATION = "An admin of your Slack organisation must allow the app in this workspace."

_BY_DETAIL = {  # by how the detail begins: the more telling, so the first to be looked at
    UNTRUSTED: "A proxy or filter of your network signs what comes from Slack itself: set"
    " SSL_CERT_FILE to a file that holds its certificate.",
    NO_TLS: "Check that SLACK_API_URL and HTTPS_PROXY begin with the right one of http and https.",
    PROXY_PASSWORD: "Put name and password into its address:"
    " HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT.",
    PROXY_REFUSED: "Let it pass slack.com and wss-primary.slack.com, or correct HTTPS_PROXY.",
    NO_ANSWER_OF_SLACKS: "Something between here and Slack answers in its place (a proxy, a filter,"
    " a page to sign in at), or SLACK_API_URL is not Slack's.",
    "team_access_not_granted": _ORGANISATION,
    "enterprise_is_restricted": _ORGANISATION,
    "team_is_restricted": _ORGANISATION,
    "missing_argument": ORG_WIDE,
    "not_allowed_token_type": "It is a token of another kind: SLACK_BOT_TOKEN begins with xoxb-,"
    " SLACK_APP_TOKEN with xapp-.",
}
_BY_REASON = {
    Failure.CRASHED: "Please report this, with the lines of the log around it.",
    Failure.RESTRICTED: "Let Mend post there, in the channel's settings.",
    Failure.RATE_LIMITED: "Slack asks for patience. Try again in a minute.",
    Failure.UNAVAILABLE: "Check the machine's network and SLACK_API_URL.",
    Failure.UNKNOWN: "Slack did not answer. Check the network, then try again.",
    Failure.CHANNEL_NOT_FOUND: "Check MEND_CHANNEL (channel details, at the bottom), and type"
    " /invite @Mend there if it is private.",
    Failure.NOT_IN_CHANNEL: "Type /invite @Mend in the channel.",
    Failure.ARCHIVED: "Unarchive the channel, or make another one the team's.",
    Failure.SHARED: "Choose a channel of your own: what people own there would leave the company.",
    Failure.TOKEN_REVOKED: "Copy the Bot User OAuth Token again (OAuth & Permissions) into"
    " SLACK_BOT_TOKEN.",
    Failure.MISSING_SCOPE: "Paste the current manifest into the app's settings and reinstall it.",
    Failure.INVALID_CONTENT: "Please report this: Slack refused what Mend sent.",
    Failure.GONE: "It is no longer there.",
    Failure.EXPIRED: "Press again.",
}


def said(failure: NotSent) -> str:
    """What happened, with Slack's own word for it."""
    return f"{failure.reason.value} ({failure.detail})" if failure.detail else failure.reason.value


def remedy(failure: NotSent) -> str:
    for begins, what_to_do in _BY_DETAIL.items():
        if failure.detail.startswith(begins):
            return what_to_do
    word = failure.detail or failure.reason.value
    return _BY_REASON.get(failure.reason, f"Look {word} up at docs.slack.dev.")
