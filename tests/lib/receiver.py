"""A small HTTP server that keeps what it is sent and answers as it is told."""
import http.server
import json
import threading


class Receiver:
    def __init__(self, path='/hook'):
        self.calls = []   # (headers, body as JSON; None when there is none)
        self.status = 200
        self.open = threading.Event()
        self.open.set()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get('content-length', 0)))
                receiver.calls.append((dict(self.headers), json.loads(body) if body else None))
                receiver.open.wait(30)
                self.send_response(receiver.status)
                self.send_header('content-length', '0')
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self.server.server_address[1]}{path}'
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
