"""Try-ons that were paid for: a ledger that is only ever added to. The balance is the sum of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.tables import StarEntry


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment as the ledger has it."""

    account: str
    charge: str
    credits: int
    stars: int
    returned: bool


class Credits:
    """Rows of the ledger inside one transaction. An account is a Telegram account."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def balance(self, account: str) -> int:
        """The try-ons that are left of what was bought."""
        return self._session.execute(
            select(func.coalesce(func.sum(StarEntry.credits), 0)).where(StarEntry.account == account)
        ).scalar_one()

    def free_today(self, account: str) -> int:
        """The free try-ons of this day (UTC) that were used and not given back."""
        day = func.date_trunc("day", func.now(), "UTC")
        count = func.coalesce(func.sum(StarEntry.free), 0)
        return self._session.execute(
            select(count).where(StarEntry.account == account, StarEntry.at >= day)
        ).scalar_one()

    def reserve(self, account: str, job: UUID, free_daily: int) -> bool:
        """Take a try-on for a job, a free one first; False when none is left. Asked twice, taken once."""
        self._lock(account)
        if self._entry(f"job:{job}") is not None:
            return True
        if self.free_today(account) < free_daily:
            return self._add(account, f"job:{job}", "free", free=1)
        if self.balance(account) > 0:
            return self._add(account, f"job:{job}", "spent", credits=-1)
        return False

    def give_back(self, job: UUID) -> None:
        """The job came to nothing: what it took is there again."""
        taken = self._entry(f"job:{job}")
        if taken is not None:
            # A free one of yesterday makes no more of them today.
            today = taken.free if self._is_today(taken) else 0
            self._add(taken.account, f"job-back:{job}", "returned", credits=-taken.credits, free=-today)

    def paid(self, account: str, charge: str, credits: int, stars: int) -> bool:
        """A payment came; False when it was counted before."""
        self._lock(account)
        return self._add(account, f"paid:{charge}", "paid", credits=credits, stars=stars)

    def returned(self, charge: str) -> Payment | None:
        """A payment went back: what it bought is taken out again. None when that was counted before or never."""
        paid = self._entry(f"paid:{charge}")
        if paid is None:
            return None
        self._lock(paid.account)
        new = self._add(paid.account, f"back:{charge}", "refunded", credits=-paid.credits, stars=-paid.stars)
        return Payment(paid.account, charge, paid.credits, paid.stars, returned=True) if new else None

    def payment(self, charge: str) -> Payment | None:
        """The payment of this charge id."""
        paid = self._entry(f"paid:{charge}")
        if paid is None:
            return None
        back = self._entry(f"back:{charge}") is not None
        return Payment(paid.account, charge, paid.credits, paid.stars, back)

    def _is_today(self, entry: StarEntry) -> bool:
        return self._session.execute(select(func.date_trunc("day", func.now(), "UTC") <= entry.at)).scalar_one()

    def _entry(self, ref: str) -> StarEntry | None:
        return self._session.execute(select(StarEntry).where(StarEntry.ref == ref)).scalar_one_or_none()

    def _add(self, account: str, ref: str, kind: str, *, credits: int = 0, stars: int = 0, free: int = 0) -> bool:
        row = self._session.execute(
            insert(StarEntry)
            .values(account=account, ref=ref, kind=kind, credits=credits, stars=stars, free=free)
            .on_conflict_do_nothing(index_elements=["ref"])
            .returning(StarEntry.id)
        ).scalar_one_or_none()
        return row is not None

    def _lock(self, account: str) -> None:
        """One at a time: two try-ons asked for at once must not both take the last credit."""
        name = f"star_ledger:{account}"
        self._session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
