"""`python -m workspace demo`: a workspace of one's own with the bot in it."""

import sys

from workspace import demo

if sys.argv[1:] != ["demo"]:
    sys.exit("usage: python -m workspace demo")
sys.exit(demo.main())
