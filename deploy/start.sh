#!/bin/sh
# Starts Mend in the folder where it keeps what it writes. The first start puts the starter
# playbooks there; from then on they are the operator's: none is overwritten, none comes back.
set -eu
code=$(cd "$(dirname "$0")/.." && pwd)
playbooks=${MEND_PLAYBOOKS:-playbooks}
if [ ! -e "$playbooks" ]; then
    cp -R "$code/playbooks" "$playbooks.new"
    mv "$playbooks.new" "$playbooks"
fi
exec "$code/.venv/bin/python" "$code/bot.py" "$@"
