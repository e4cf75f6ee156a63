"""The part of ComfyUI's HTTP interface that tells what it is and which classes it has."""

import logging
import os
import sys

from aiohttp import web

import nodes
from comfyui_version import __version__


def node_info(name):
    node_class = nodes.NODE_CLASS_MAPPINGS[name]
    inputs = node_class.INPUT_TYPES()
    outputs = list(node_class.RETURN_TYPES)
    return {
        "input": inputs,
        "input_order": {kind: list(fields) for kind, fields in inputs.items()},
        "output": outputs,
        "output_is_list": list(getattr(node_class, "OUTPUT_IS_LIST", [False] * len(outputs))),
        "output_name": list(getattr(node_class, "RETURN_NAMES", outputs)),
        "name": name,
        "display_name": nodes.NODE_DISPLAY_NAME_MAPPINGS.get(name, name),
        "description": getattr(node_class, "DESCRIPTION", ""),
        "python_module": getattr(node_class, "RELATIVE_PYTHON_MODULE", "nodes"),
        "category": getattr(node_class, "CATEGORY", "sd"),
        "output_node": bool(getattr(node_class, "OUTPUT_NODE", False)),
    }


async def index(_request):
    text = "<!doctype html><title>ComfyUI sample</title><h1>ComfyUI sample %s</h1>" % __version__
    return web.Response(text=text, content_type="text/html")


async def system_stats(_request):
    return web.json_response(
        {
            "system": {
                "os": os.name,
                "comfyui_version": __version__,
                "python_version": sys.version,
                "pytorch_version": None,
                "embedded_python": False,
                "argv": sys.argv,
            },
            "devices": [{"name": "cpu", "type": "cpu", "index": None}],
        }
    )


async def object_info(request):
    wanted = request.match_info.get("node_class")
    names = nodes.NODE_CLASS_MAPPINGS if wanted is None else [wanted]
    infos = {}
    for name in names:
        if name not in nodes.NODE_CLASS_MAPPINGS:
            continue
        try:
            infos[name] = node_info(name)
        except Exception:
            logging.exception("Cannot describe the node %s", name)
    return web.json_response(infos)


async def prompt_info(_request):
    return web.json_response({"exec_info": {"queue_remaining": 0}})


def make_app():
    app = web.Application()
    app.router.add_get("/", index)
    for prefix in ("", "/api"):
        app.router.add_get(prefix + "/system_stats", system_stats)
        app.router.add_get(prefix + "/object_info", object_info)
        app.router.add_get(prefix + "/object_info/{node_class}", object_info)
        app.router.add_get(prefix + "/prompt", prompt_info)
    return app
