"""Ids of routes to which controls of other features lead: what is shared is the id, no handler."""

OWN = "own_open"  # the form of a note
NOTE = "note_keep_words"  # a note as it stands, in place of a question about it
DRAFT = "draft_open"  # a note's words, on their way into a playbook
PAUSE = "pause_card"
CALL_ME = "hand_call_me"  # asks a lead to call whoever presses it
PLAYBOOKS = "playbook_list"  # for admins
PLAYBOOK = "playbook_open"  # for admins, to edit it
SUGGEST = "suggest_open"
OUTDATED = "suggest_outdated"
PRIVACY = "home_privacy"
DOCTOR = "home_doctor"

OF_OLD_MENUS = {  # what the choices of a ⋯ named, in messages that still stand in Slack
    "fill": "fill_open",
    "help": "repair_get_help",
    "repair_help": "repair_get_help",
    "share": "repair_share",
    "own": OWN,
    "pause": PAUSE,
    "suggest": SUGGEST,
    "outdated": OUTDATED,
    "edit": PLAYBOOK,
}
