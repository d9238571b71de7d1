"""Faults on demand: which answer fails, and how. Deterministic; never touches a socket.

A plan is a comma list. Faults are counted over all /data and /metadata calls that the quota
admitted, in order of arrival; the first entry whose number divides the count wins.

    503:5         every 5th such answer is an HTML page with status 503 (also 500, 502, 504)
    429:7[:S]     every 7th is 429 as text/plain with Retry-After in seconds (1, or S)
    date:7[:S]    the same with Retry-After as an HTTP date S seconds ahead
    reset:11      every 11th time the connection is reset before any answer
    cut:13        every 13th body ends halfway, against its Content-Length
    slow:17:2.0   every 17th answer comes after 2.0 seconds (1 where not said)
    notjson:19    every 19th answer has status 200 and an HTML page as body
    drip:23[:S]   every 23rd body comes a byte at a time, S seconds apart
    head:29[:S]   every 29th answer's headers do
    bomb:31[:M]   every 31st body is M megabytes of spaces, compressed to next to nothing
"""

from dataclasses import dataclass

DEFAULT_AMOUNT = 1.0
GATEWAY_STATUSES = frozenset({"500", "502", "503", "504"})
KINDS = GATEWAY_STATUSES | {
    "429", "date", "reset", "cut", "slow", "notjson", "drip", "head", "bomb",
}  # fmt: skip

HTML_PAGE = (
    "<!DOCTYPE html><html><head><title>Service unavailable</title></head>"
    "<body><h1>Tjänsten är tillfälligt otillgänglig</h1></body></html>"
)


@dataclass(frozen=True)
class Fault:
    """One entry of a plan: what happens, to every how manieth call, with which seconds."""

    kind: str
    every: int
    amount: float = DEFAULT_AMOUNT


def parsed(plan: str) -> tuple[Fault, ...]:
    """The entries of a plan; ValueError names every entry that is none."""
    entries = [entry.strip() for entry in plan.split(",") if entry.strip()]
    faults = [(entry, _fault(entry)) for entry in entries]
    wrong = [entry for entry, fault in faults if fault is None]
    if wrong:
        kinds = ", ".join(sorted(KINDS))
        raise ValueError(f"faults {wrong}: expected KIND:EVERY[:SECONDS] with KIND one of {kinds}")
    return tuple(fault for _, fault in faults if fault is not None)


def fault_at(count: int, plan: tuple[Fault, ...]) -> Fault | None:
    """The fault that hits call number `count` (from 1), if any."""
    return next((fault for fault in plan if count % fault.every == 0), None)


def _fault(entry: str) -> Fault | None:
    kind, _, rest = entry.partition(":")
    every, _, amount = rest.partition(":")
    try:
        fault = Fault(kind, int(every), float(amount) if amount else DEFAULT_AMOUNT)
    except ValueError:
        return None
    return fault if kind in KINDS and fault.every > 0 and fault.amount >= 0 else None
