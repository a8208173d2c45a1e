"""Rules about investors in rounds."""

from ledger.frames import Frame
from ledger.rules import Verdict, rule, verdict


@rule(
    "investor-is-company",
    on="round_investors.investor_id",
    phrase="the investor is the company that raised the money",
    remedy="look in the source who put the money in",
)
def investor_is_another(t: Frame) -> Verdict:
    """No company puts money into its own round."""
    company = t.look_up("round_id", "rounds.company_id")
    itself = (company == t.here) | (company == t.look_up(t.column, "investors.company_id"))
    return verdict(~(itself & (company != "")))


@rule(
    "leads",
    on="round_investors.role",
    phrase="the round has {leads} lead(s) and {co_leads} co-lead(s)",
    remedy="name the other lead too, and write co-lead for each of several",
)
def leads_agree(t: Frame) -> Verdict:
    """A round has one lead at most, and a co-lead has another lead or co-lead beside it."""
    of = t.text("round_id")
    leads = (t.here == "lead").groupby(of).transform("sum")
    co_leads = (t.here == "co-lead").groupby(of).transform("sum")
    lone = (t.here == "co-lead") & (co_leads + leads < 2)
    several = (t.here == "lead") & (leads > 1)
    return verdict(~(lone | several), leads=leads, co_leads=co_leads)
