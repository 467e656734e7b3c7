"""Every operation of the API, in the order in which the document tells them."""

from api.v1 import read_endpoints, write_endpoints
from api.v1.operation import Operation

OPERATIONS: tuple[Operation, ...] = (*write_endpoints.OPERATIONS, *read_endpoints.OPERATIONS)
