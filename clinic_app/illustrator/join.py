"""Chains of pixel corners that belong together become one, and crumbs go."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from clinic_app.illustrator.geometry import Array
from clinic_app.illustrator.trace import Chain, Corner

# Chains join where they turn by less than this, in degrees, looking this many corners along each.
STRAIGHT_ON, LOOK = 60, 18


@dataclass(frozen=True, slots=True)
class End:
    """One end of a chain: its number, and whether it is the last corner or the first."""

    chain: int
    is_last: bool

    @property
    def other(self) -> "End":
        """The other end of the chain."""
        return End(self.chain, not self.is_last)


def without_crumbs(chains: list[Chain], shortest: float) -> list[Chain]:
    """The chains without loose ends of less than `shortest` corners and loops of less than twice as many."""
    for _ in range(2):
        meeting = Counter(end for chain in chains for end in (chain.corners[0], chain.corners[-1]))
        chains = [chain for chain in chains if not _is_crumb(chain, meeting, shortest)]
    return chains


def _is_crumb(chain: Chain, meeting: Counter[Corner], shortest: float) -> bool:
    if chain.is_closed:
        return len(chain.corners) < 2 * shortest
    is_loose = 1 in (meeting[chain.corners[0]], meeting[chain.corners[-1]])
    return is_loose and len(chain.corners) < shortest


def joined(chains: list[Chain]) -> list[Chain]:
    """Chains of one kind that meet nothing else where they meet, then those that run straight on, as one."""
    for following in (_alone, _straight_on):
        chains = _linked(chains, following(chains))
    return chains


def _linked(chains: list[Chain], follows: dict[End, End]) -> list[Chain]:
    done: set[int] = set()
    made = []
    for number in range(len(chains)):
        if number in done:
            continue
        end = _first_end(End(number, is_last=False), follows)
        corners: list[Corner] = []
        while True:
            done.add(end.chain)
            more = chains[end.chain].corners
            corners += (more[::-1] if end.is_last else more)[1 if corners else 0 :]
            following = follows.get(end.other)
            if following is None or following.chain in done:
                break
            end = following
        made.append(Chain(corners, chains[number].kind))
    return made


def _first_end(end: End, follows: dict[End, End]) -> End:
    """Back from this end to the one where the linked chain starts; a ring starts where we are."""
    first = end
    while first in follows:
        before = follows[first]
        if before.chain == end.chain:
            break
        first = before.other
    return first


def _meeting(chains: list[Chain]) -> list[list[End]]:
    """The ends of open chains at each corner."""
    meeting: dict[Corner, list[End]] = defaultdict(list)
    for number, chain in enumerate(chains):
        if not chain.is_closed:
            meeting[chain.corners[0]].append(End(number, is_last=False))
            meeting[chain.corners[-1]].append(End(number, is_last=True))
    return list(meeting.values())


def _alone(chains: list[Chain]) -> dict[End, End]:
    """Which end goes on as which, both ways round, where just two ends of one kind meet."""
    follows: dict[End, End] = {}
    for ends in _meeting(chains):
        if len(ends) == 2 and chains[ends[0].chain].kind == chains[ends[1].chain].kind:
            one, two = ends
            follows[one], follows[two] = two, one
    return follows


def _straight_on(chains: list[Chain]) -> dict[End, End]:
    """Which end goes on as which, both ways round; at each corner the straightest pairs first."""
    follows: dict[End, End] = {}
    for ends in _meeting(chains):
        turns = [
            (_turn(chains, one, two), order, one, two)
            for order, (one, two) in enumerate(combinations(ends, 2))
            if one.chain != two.chain and chains[one.chain].kind == chains[two.chain].kind
        ]
        for turn, _, one, two in sorted(turns, key=lambda found: found[:2]):
            if turn < STRAIGHT_ON and one not in follows and two not in follows:
                follows[one], follows[two] = two, one
    return follows


def _turn(chains: list[Chain], one: End, two: End) -> float:
    cosine = _direction(chains[one.chain], one) @ _direction(chains[two.chain], two)
    return 180 - float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


def _direction(chain: Chain, end: End) -> Array:
    """From that end into the chain, at length 1."""
    look = min(LOOK, len(chain.corners) - 1)
    start, onward = (-1, -1 - look) if end.is_last else (0, look)
    way = np.subtract(chain.corners[onward], chain.corners[start]).astype(float)
    made: Array = way / (np.linalg.norm(way) + 1e-9)
    return made
