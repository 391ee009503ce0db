"""The running process: its log, its signals, and the two lines on which Slack reaches it."""
