"""Fake scrape targets: one that tells a figure, and some that hang, lie or flood."""
import socket
import threading
import time

HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\n'


class Target:
    """Listens on a free port; `answer(connection)` is called for each request in its own thread."""

    def __init__(self):
        self.socket = socket.create_server(('127.0.0.1', 0))
        self.address = '127.0.0.1:%d' % self.socket.getsockname()[1]
        self.requests = 0
        self.open = True
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while self.open:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection):
        try:
            with connection:
                connection.settimeout(30)
                asked = b''
                while b'\r\n\r\n' not in asked:
                    piece = connection.recv(4096)
                    if not piece:
                        return
                    asked += piece
                self.requests += 1
                self.answer(connection)
        except OSError:
            pass

    def answer(self, connection):
        raise NotImplementedError

    def close(self):
        self.open = False
        self.socket.close()


class Figure(Target):
    """Tells the figures in `values`, such as {'room_temperature_celsius': 21}."""

    def __init__(self, **values):
        self.values = values
        super().__init__()

    def answer(self, connection):
        body = ''.join(f'# TYPE {name} gauge\n{name} {value}\n' for name, value in self.values.items())
        connection.sendall(f'{HEAD}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}'.encode())


class Hanging(Target):
    def answer(self, connection):
        time.sleep(120)


class Flood(Target):
    """Sends for ever, without a length."""
    sent = 0

    def answer(self, connection):
        connection.sendall((HEAD + 'Connection: close\r\n\r\n').encode())
        piece = ''.join(f'flood_{number}{{a="{"x" * 50}"}} 1\n' for number in range(1000)).encode()
        while True:
            connection.sendall(piece)
            self.sent += len(piece)


class Liar(Target):
    """Promises more than it sends."""

    def answer(self, connection):
        connection.sendall((HEAD + 'Content-Length: 1000000\r\nConnection: close\r\n\r\nlie 1\n').encode())


class Redirect(Target):
    """Points to another place, which the scraper must not follow."""

    def __init__(self, place):
        self.place = place
        super().__init__()

    def answer(self, connection):
        connection.sendall(f'HTTP/1.1 302 Found\r\nLocation: http://{self.place}/metrics\r\nContent-Length: 0\r\n\r\n'.encode())


class Garbage(Target):
    def answer(self, connection):
        body = 'up{ 1\n}}} nonsense \x00 \xff'
        connection.sendall(f'{HEAD}Content-Length: {len(body.encode())}\r\n\r\n{body}'.encode())


class Many(Target):
    """A million series in one answer."""

    def answer(self, connection):
        connection.sendall((HEAD + 'Connection: close\r\n\r\n').encode())
        for block in range(1000):
            connection.sendall(''.join(f'many{{n="{block}_{number}"}} 1\n' for number in range(1000)).encode())
