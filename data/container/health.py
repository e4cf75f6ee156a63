"""Ends with 0 when ComfyUI answers, otherwise with 1; uses nothing but the standard library."""

import os
import sys
import urllib.request

URL = "http://127.0.0.1:%s/system_stats" % os.environ.get("COMFYUI_PORT", "8188")

try:
    # A proxy is for the network, not for what runs beside this.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(URL, timeout=8) as answer:
        sys.exit(0 if answer.status == 200 else 1)
except OSError as error:
    print("ComfyUI does not answer: %s" % error, file=sys.stderr)
    sys.exit(1)
