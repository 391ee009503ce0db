"""The few shapes that Mend's messages and forms are made of, within Slack's limits.

What people or files wrote always goes into rich text, whose text elements Slack does not parse:
it can neither ping, nor hide a link, nor break the formatting around it. What is only read is
shortened to its limit; an id or a value that is too long would come back as another one, so it
raises ValueError, as does too long a list. The limits are those of docs.slack.dev, Block Kit.
"""

from mend.slack.ui.controls import *  # noqa: F403
from mend.slack.ui.markup import *  # noqa: F403
from mend.slack.ui.messages import *  # noqa: F403
