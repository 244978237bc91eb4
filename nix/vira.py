#!@python@
"""A Vira that answers and builds nothing, for a machine without a network."""

import http.server
import os
import pathlib
import sys

FLAGS = ["--host", "--port", "--no-https", "--base-path", "--import", "--max-concurrent-builds"]

words = sys.argv[1:]
if "--version" in words:
    print("vira 0.1.0.0 (git revision: 858ab06)")
elif "--help" in words:
    print("\n".join(FLAGS))
elif words == ["info"]:
    print("Schema version: 8")
else:
    state = pathlib.Path(words[words.index("--state-dir") + 1] if "--state-dir" in words else "state")
    os.makedirs(state, exist_ok=True)
    (state / "schema-version").write_text("8")
    port = int(words[words.index("--port") + 1]) if "--port" in words else 5005
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), http.server.SimpleHTTPRequestHandler)
    server.serve_forever()
