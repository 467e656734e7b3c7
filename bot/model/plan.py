"""What a plan allows: priorities, monthly quota, the emergency line, and plan changes."""

from datetime import date, datetime

from bot.model.account import Account
from bot.model.conversation import Conversation
from bot.policy.policy import Policy
from bot.policy.sections import Plan


def plan_of(conversation: Conversation, policy: Policy) -> Plan | None:
    """The contact's plan, or the policy's default."""
    return find_plan(policy, conversation.plan) or find_plan(policy, policy.default_plan or "")


def find_plan(policy: Policy, key: str) -> Plan | None:
    """The plan with that key; None if the policy doesn't have it."""
    return next((plan for plan in policy.plans if plan.key == key), None)


def month_of(now: datetime, policy: Policy) -> str:
    """The month for quotas, such as `2026-03`, in the desk's time zone."""
    return now.astimezone(policy.hours.zone).strftime("%Y-%m")


def allowed_priority(priority: str, plan: Plan | None, policy: Policy) -> str:
    """That priority, else the next lower one in the plan, else the plan's lowest."""
    if plan is None or plan.allows(priority):
        return priority
    keys = [known.key for known in policy.priorities]
    included = [key for key in keys if plan.allows(key)]
    below = [key for key in included if priority in keys and keys.index(key) < keys.index(priority)]
    return (below or included or [priority])[-1 if below else 0]


def is_emergency(category: str, plan_key: str, locale: str, policy: Policy) -> bool:
    """Whether a request in that category goes to the people on call, around the clock."""
    line = policy.emergency
    scopes = {known.key: known.scope for known in policy.categories}
    return bool(line and scopes.get(category) == "emergency" and line.covers(plan_key, locale))


def plan_change_problem(before: Account | None, plan_key: str, policy: Policy, today: date) -> str:
    """Why the account can't change to that plan now; "" if it can. Plans only change upwards."""
    old = find_plan(policy, before.plan) if before else None
    new = find_plan(policy, plan_key)
    if before is None or old is None or old == new:
        return ""
    if new and new.rank < old.rank:
        return f"plans can only change upwards: {new.key} is below {old.key}"
    ends_on = term_ends_on(before, old)
    if new is None and ends_on and today < ends_on:
        return f"the plan {old.key} has a minimum term until {ends_on}"
    return ""


def term_ends_on(account: Account, plan: Plan) -> date | None:
    """The first day after the minimum term; None if there's none."""
    began_on = account.term_began_on
    if not plan.min_term_months or began_on is None:
        return None
    months = began_on.month - 1 + plan.min_term_months
    first = date(began_on.year + months // 12, months % 12 + 1, 1)
    last_day = (date(first.year + first.month // 12, first.month % 12 + 1, 1) - first).days
    return first.replace(day=min(began_on.day, last_day))
