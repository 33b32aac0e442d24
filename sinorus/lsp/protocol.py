"""The protocol as pygls speaks it, but that every request is answered."""

from __future__ import annotations

from typing import Any

from pygls.exceptions import JsonRpcException
from pygls.protocol import JsonRPCRequestMessage, LanguageServerProtocol

UNREADABLE = "sinorus/unreadable"
"""What a request becomes that is not as the protocol has it; `params` is what it was."""


class Answering(LanguageServerProtocol):
    """pygls says nothing to a request with wrong parameters, and an editor waits for ever."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message of what was read: of a request that is none, one that is answered by an error.

        Raises JsonRpcException for a notification that is none: nobody waits for an answer.
        """
        try:
            return super().structure_message(data)
        except JsonRpcException:
            number = data.get("id")
            if "method" not in data or not isinstance(number, (int, str)):
                raise
            return JsonRPCRequestMessage(number, UNREADABLE, self.VERSION, str(data["method"])[:60])
