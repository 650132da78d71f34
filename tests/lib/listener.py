"""Reads /api/v1/events in a thread and keeps what arrives as (event, data)."""
import http.client
import json
import socket
import threading


class Listener:
    def __init__(self, client):
        self.events = []
        self.connection = http.client.HTTPConnection('127.0.0.1', client.server.port, timeout=30)
        self.connection.request('GET', '/api/v1/events', headers=client.headers('GET'))
        self.socket = self.connection.sock
        self.response = self.connection.getresponse()
        self.status = self.response.status
        self.type = self.response.getheader('Content-Type', '')
        if self.status == 200:
            threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        event, data = None, []
        try:
            for raw in self.response:
                line = raw.decode().rstrip('\r\n')
                if line.startswith('event:'):
                    event = line[6:].strip()
                elif line.startswith('data:'):
                    data.append(line[5:].strip())
                elif line == '' and data:
                    self.events.append((event, json.loads('\n'.join(data))))
                    event, data = None, []
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass

    def close(self):
        # The reading thread holds the buffer's lock until bytes come; ending the socket under it lets go.
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.connection.close()
