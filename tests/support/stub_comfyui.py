"""Stands for ComfyUI where only its process matters: does what its arguments say."""
import argparse, http.server, os, signal, subprocess, sys, threading, time

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int)
parser.add_argument("--exit", type=int, help="end with this code at once")
parser.add_argument("--die", type=int, help="end by this signal at once")
parser.add_argument("--deaf", action="store_true", help="end neither when asked nor when told")
parser.add_argument("--count", action="store_true", help="count how often it is asked to end before it does")
parser.add_argument("--mute", action="store_true", help="never listen")
parser.add_argument("--say", action="append", default=[], help="write this to standard output")
parser.add_argument("--complain", action="append", default=[], help="write this to standard error")
parser.add_argument("--spam", type=int, default=0, help="write so many numbered lines")
parser.add_argument("--pause", type=float, default=0, help="seconds between ten of those lines")
parser.add_argument("--ask", action="store_true", help="read a line from standard input")
parser.add_argument("--child", action="store_true", help="start a process that would outlive it")
parser.add_argument("--show", action="append", default=[], help="write this variable")
options = parser.parse_args()

print("ready to begin, process %d" % os.getpid())
for text in options.say:
    print(text)
for text in options.complain:
    print(text, file=sys.stderr)
for name in options.show:
    print("%s=%s" % (name, os.environ.get(name)))
if options.ask:
    print("heard: " + input("say something: "))
if options.child:
    sleeper = subprocess.Popen([sys.executable, "-c", "import signal,time\nsignal.signal(2,1)\nsignal.signal(15,1)\ntime.sleep(600)"])
    print("child %d" % sleeper.pid)
for number in range(options.spam):
    print("line %05d" % number)
    if number % 10 == 9:
        time.sleep(options.pause)
if options.exit is not None:
    sys.exit(options.exit)
if options.die is not None:
    os.kill(os.getpid(), options.die)
asked = []


def count(*_):
    asked.append(1)
    if len(asked) == 1:
        threading.Timer(0.7, tell).start()


def tell():
    print("asked %d times" % len(asked))
    os._exit(0)


if options.deaf:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda number, _frame: print("ignored %d" % number))
if options.count:
    signal.signal(signal.SIGINT, count)
if options.mute:
    print("muted")
    while True:
        time.sleep(0.05)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/system_stats" else 404)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
print("listening")
try:
    server.serve_forever()
except KeyboardInterrupt:
    print("Stopped server")
