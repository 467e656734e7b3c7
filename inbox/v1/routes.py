"""Every operation of the API, in the order in which the document tells them."""

from inbox.v1 import changing, reading
from inbox.v1.operations import Operation

OPERATIONS: tuple[Operation, ...] = (*changing.OPERATIONS, *reading.OPERATIONS)
