"""Keeps one running ComfyUI: its log with rotation, its state in a file, signals passed on, its exit code kept.

Started by comfydock with one argument, a JSON object; uses nothing but the standard library.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time

WINDOWS = os.name == "nt"
BEAT = 0.2
LINGER = 1.0
WATCH_GRACE = 3.0


class Log:
    """A file that is renamed to `.1` when it is full, `.1` to `.2`, and so on."""

    def __init__(self, path, limit, files):
        self.path, self.limit, self.files = path, limit, files
        self.lock = threading.Lock()
        self.open()

    def open(self):
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        self.handle = os.open(self.path, flags, 0o600)
        self.size = os.fstat(self.handle).st_size
        self.at_line_start = True

    def write(self, data):
        with self.lock:
            try:
                # Only whole lines move to the next file, unless a line is longer than a file.
                full = self.size + len(data) > self.limit and self.size > 0
                if full and (self.at_line_start or self.size > 2 * self.limit):
                    self.rotate()
                view = memoryview(data)
                while view:
                    written = os.write(self.handle, view)
                    self.size += written
                    view = view[written:]
                self.at_line_start = data.endswith(b"\n")
            except OSError:
                # A full disk must not end ComfyUI.
                pass

    def rotate(self):
        os.close(self.handle)
        try:
            for number in range(self.files - 1, 0, -1):
                source = self.path if number == 1 else "%s.%d" % (self.path, number - 1)
                if os.path.exists(source):
                    os.replace(source, "%s.%d" % (self.path, number))
        finally:
            self.open()

    def note(self, text):
        with self.lock:
            start = b"" if self.at_line_start else b"\n"
        line = "--- %s  comfydock: %s\n" % (now(), text)
        self.write(start + line.encode("utf-8", "replace"))


def now():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def process_mark(pid):
    """What tells this process from a later one with the same number; comfydock computes the same."""
    try:
        if sys.platform == "linux":
            with open("/proc/sys/kernel/random/boot_id") as boot, open("/proc/%d/stat" % pid) as stat:
                return "%s:%s" % (boot.read().strip(), stat.read().rsplit(")", 1)[1].split()[19])
        if not WINDOWS:
            ps = ["ps", "-o", "lstart=", "-p", str(pid)]
            text = subprocess.check_output(ps, env={**os.environ, "LC_ALL": "C", "TZ": "UTC"}, stderr=subprocess.DEVNULL)
            return " ".join(text.decode().split())
    except (OSError, subprocess.SubprocessError, IndexError):
        pass
    return None


def parent_watch(parent):
    """Returns a function that says whether the process that started this one has ended."""
    if parent is None:
        return lambda: False
    if not WINDOWS:
        return lambda: os.getppid() != parent
    import ctypes

    kernel = ctypes.WinDLL("kernel32")
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = kernel.OpenProcess(0x00100000, False, parent)
    return lambda: not handle or kernel.WaitForSingleObject(ctypes.c_void_p(handle), 0) == 0


class Copy:
    """One of our own streams, until nobody reads it any more."""

    def __init__(self, number):
        self.number = number

    def write(self, data):
        view = memoryview(data)
        while view and self.number is not None:
            try:
                view = view[os.write(self.number, view):]
            except BlockingIOError:
                time.sleep(0.01)
            except OSError:
                self.number = None


class Keeper:
    def __init__(self, settings):
        self.settings = settings
        self.facts = settings["facts"]
        self.log = Log(settings["log"], settings["max_bytes"], settings["files"])
        self.copies = [Copy(number) for number in settings["copies"]]
        self.child = None
        self.watcher = None
        self.early = []
        self.asked = False
        self.ended = threading.Event()

    def save(self, **facts):
        self.facts.update(facts)
        draft = "%s.%d.tmp" % (self.settings["state"], os.getpid())
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(self.facts, file)
        os.replace(draft, self.settings["state"])

    def start(self):
        """Starts ComfyUI in a session of its own, so that every signal it gets comes from here or from `stop`."""
        self.log.note("ComfyUI starts: %s" % self.settings["shown"])
        detached = not self.copies
        merged = detached or self.settings["copies"][0] == self.settings["copies"][1]
        child = subprocess.Popen(
            self.settings["command"],
            cwd=self.settings["cwd"],
            stdin=subprocess.DEVNULL if detached else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if merged else subprocess.PIPE,
            start_new_session=not WINDOWS,
            bufsize=0,
        )
        self.child = child
        threading.Thread(target=self.reap, daemon=True).start()
        for number in self.early:
            self.signal(number)
        pipes = [child.stdout] if merged else [child.stdout, child.stderr]
        self.readers = [
            threading.Thread(target=self.read, args=(pipe, at), daemon=True)
            for at, pipe in enumerate(pipes)
        ]
        for reader in self.readers:
            reader.start()
        self.save(pid=child.pid, keeper_pid=os.getpid(), started=now(), mark=process_mark(child.pid))

    def watch(self):
        """Starts what keeps workflows in step while ComfyUI runs; without it ComfyUI runs all the same."""
        if self.settings["watch"] is None:
            return
        try:
            self.watcher = subprocess.Popen(
                self.settings["watch"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=not WINDOWS,
            )
        except OSError as error:
            self.log.note("workflows are not kept in step: %s" % error)
            return
        threading.Thread(target=self.read_watcher, daemon=True).start()

    def read_watcher(self):
        for line in self.watcher.stdout:
            text = line.decode("utf-8", "replace").rstrip()
            self.log.note(text)
            if self.copies:
                self.copies[1].write(("comfydock: %s\n" % text).encode())

    def end_watcher(self):
        if self.watcher is None:
            return
        try:
            # On Windows nothing else ends it; a change that is cut off is settled by the next command.
            self.watcher.kill() if WINDOWS else self.watcher.send_signal(signal.SIGINT)
            self.watcher.wait(WATCH_GRACE)
        except subprocess.TimeoutExpired:
            self.watcher.kill()

    def reap(self):
        self.child.wait()
        self.ended.set()

    def read(self, pipe, at):
        while True:
            data = os.read(pipe.fileno(), 65536)
            if not data:
                return
            if self.copies:
                self.copies[at].write(data)
            self.log.write(data)

    def signal(self, number):
        try:
            if WINDOWS:
                self.child.kill()
            else:
                os.killpg(self.child.pid, number)
        except OSError:
            # It has ended already.
            pass

    def listen(self):
        """Passes on what this process is sent; a terminal that is closed asks for an end as `stop` does."""

        def pass_on(number, _frame):
            number = number if number == signal.SIGINT else signal.SIGTERM
            self.asked = True
            if self.child is None:
                self.early.append(number)
            else:
                self.signal(number)

        # In a console of Windows, Ctrl-C reaches ComfyUI by itself.
        signal.signal(signal.SIGINT, signal.SIG_IGN if WINDOWS else pass_on)
        if not WINDOWS:
            signal.signal(signal.SIGTERM, pass_on)
            signal.signal(signal.SIGHUP, pass_on if self.copies else signal.SIG_IGN)

    def wait(self):
        """Waits for the end of ComfyUI; a run that is shown ends with the process that shows it."""
        gone = parent_watch(self.settings["parent"])
        watched = self.settings["parent"] is not None
        while not self.ended.wait(BEAT if watched else None):
            if gone():
                self.end_orphan()
        return self.child.returncode

    def end_orphan(self):
        self.log.note("the comfydock that showed this run is gone, so ComfyUI is asked to end")
        for copy in self.copies:
            copy.number = None
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in range(3):
            os.dup2(nowhere, number)
        # Who ended comfydock after asking ComfyUI to end has asked often enough.
        for number in (signal.SIGTERM,) if self.asked else (signal.SIGINT, signal.SIGTERM):
            self.signal(number)
            if self.ended.wait(self.settings["grace"]):
                return
        self.signal(9)
        self.ended.wait()

    def finish(self, code):
        self.end_watcher()
        if not WINDOWS:
            # What ComfyUI started and left behind holds its port or the memory of the graphics card.
            self.signal(signal.SIGKILL)
        deadline = time.monotonic() + LINGER
        for reader in self.readers:
            reader.join(max(0.0, deadline - time.monotonic()))
        how = "signal %d" % -code if code < 0 else "exit code %d" % code
        self.log.note("ComfyUI ended with %s" % how)
        self.save(ended=now(), exit_code=128 - code if code < 0 else code, signal=-code if code < 0 else None)
        return 128 - code if code < 0 else code


def main():
    keeper = Keeper(json.loads(sys.argv[1]))
    keeper.listen()
    try:
        keeper.start()
        keeper.watch()
    except OSError as error:
        keeper.log.note("ComfyUI cannot be started: %s" % error)
        print("Cannot start ComfyUI: %s" % error, file=sys.stderr)
        return 126
    if not keeper.copies:
        # Whoever started this may be gone; nobody reads what is written here from now on.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    return keeper.finish(keeper.wait())


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code & 0xFF if not WINDOWS else code)
