"""Starts the sample; options of ComfyUI that it does not know are passed over."""

import argparse
import asyncio
import logging
import signal
import sys

from aiohttp import web

import folder_paths
import nodes
import server
from comfyui_version import __version__


def read_arguments():
    parser = argparse.ArgumentParser(description="A sample of ComfyUI")
    parser.add_argument("--listen", nargs="?", default="127.0.0.1", const="0.0.0.0")
    parser.add_argument("--port", type=int, default=8188)
    parser.add_argument("--disable-all-custom-nodes", action="store_true")
    parser.add_argument("--quick-test-for-ci", action="store_true")
    return parser.parse_known_args()[0]


async def serve(address, port):
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(
                getattr(signal, name),
                lambda *_: loop.call_soon_threadsafe(stop.set),
            )
    runner = web.AppRunner(server.make_app(), access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, address, port)
        await site.start()
        bound = runner.addresses[0][1]
        logging.info("Starting server\n")
        logging.info("To see the GUI go to: http://%s:%d", address, bound)
        await stop.wait()
    finally:
        await runner.cleanup()


def main():
    arguments = read_arguments()
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    logging.info("Python version: %s", sys.version)
    logging.info("ComfyUI version: %s", __version__)
    folder_paths.make_directories()
    if not arguments.disable_all_custom_nodes:
        nodes.load_custom_nodes()
    if arguments.quick_test_for_ci:
        return
    try:
        asyncio.run(serve(arguments.listen, arguments.port))
    except OSError as error:
        logging.error("Cannot listen on %s:%d: %s", arguments.listen, arguments.port, error)
        sys.exit(1)
    logging.info("\nStopped server")


if __name__ == "__main__":
    main()
