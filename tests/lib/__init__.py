"""What the product tests share: the server as a child, an HTTP client, the OpenAPI contract, the usual people."""
