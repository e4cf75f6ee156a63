"""Fetches missing models when FETCH_MODELS is 1, then becomes ComfyUI; uses nothing but the standard library."""

import hashlib
import http.client
import json
import os
import sys
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
COMFYUI = os.path.join(HERE, "ComfyUI")
MODELS = os.path.join(COMFYUI, "models")
SECRETS = os.environ.get("SECRETS_DIR", "/run/secrets")
PIECE = 1 << 20
TIMEOUT = 60


def tell(text):
    print(text, file=sys.stderr, flush=True)


def token_of(service):
    """The token from its secret; none where there is no such file, or an empty one."""
    if service is None:
        return None
    try:
        with open(os.path.join(SECRETS, service + "_token"), encoding="ascii") as file:
            return file.read().strip() or None
    except FileNotFoundError:
        return None


def request_for(source, start):
    request = urllib.request.Request(source["url"], headers={"User-Agent": "comfydock-container"})
    token = token_of(source.get("service"))
    if token is not None:
        # Not passed on to another host when the answer leads there.
        request.add_unredirected_header("Authorization", "Bearer " + token)
    if start > 0:
        request.add_header("Range", "bytes=%d-" % start)
    return request


def continues(answer, start):
    return answer.status == 206 and (answer.headers.get("Content-Range") or "").startswith(
        "bytes %d-" % start
    )


def download(source, part):
    """Goes on where an earlier start has ended, if the server lets it."""
    start = os.path.getsize(part) if os.path.exists(part) else 0
    try:
        answer = urllib.request.urlopen(request_for(source, start), timeout=TIMEOUT)
    except urllib.error.HTTPError as error:
        if error.code == 416:
            return
        raise
    with answer, open(part, "ab" if continues(answer, start) else "wb") as file:
        for piece in iter(lambda: answer.read(PIECE), b""):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    length = answer.headers.get("Content-Length")
    if length is not None and os.path.getsize(part) < int(length):
        raise OSError("the answer was cut off")


def sha256_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(PIECE), b""):
            digest.update(piece)
    return digest.hexdigest()


def fetch(model):
    """Whether the file is in its place, checked by its digest."""
    path = os.path.normpath(os.path.join(MODELS, *model["path"].split("/")))
    if os.path.commonpath([MODELS, path]) != MODELS:
        raise ValueError("%s leads out of the models" % model["path"])
    if os.path.exists(path) and model.get("size") in (None, os.path.getsize(path)):
        return True
    os.makedirs(os.path.dirname(path), exist_ok=True)
    part = path + ".part"
    for source in model["sources"]:
        tell("Fetching %s" % model["path"])
        try:
            download(source, part)
        except (OSError, http.client.HTTPException) as error:
            tell("Cannot fetch %s: %s" % (model["path"], error))
            continue
        if sha256_of(part) == model["sha256"]:
            os.replace(part, path)
            return True
        tell("Cannot use what was fetched for %s: its SHA-256 is another" % model["path"])
        os.remove(part)
    return False


def fetch_models():
    with open(os.path.join(HERE, "models.json"), encoding="utf-8") as file:
        models = json.load(file)["models"]
    missing = [model["path"] for model in models if not fetch(model) and model["required"]]
    if missing:
        tell("These models are required and could not be fetched: %s" % ", ".join(missing))
        sys.exit(1)


def arguments():
    given = sys.argv[1:]
    names = [word.split("=")[0] for word in given]
    listen = [] if "--listen" in names else ["--listen", "0.0.0.0"]
    port = [] if "--port" in names else ["--port", os.environ.get("COMFYUI_PORT", "8188")]
    return listen + port + given


if __name__ == "__main__":
    if os.environ.get("FETCH_MODELS") == "1":
        fetch_models()
    os.chdir(COMFYUI)
    os.execv(sys.executable, [sys.executable, "main.py"] + arguments())
