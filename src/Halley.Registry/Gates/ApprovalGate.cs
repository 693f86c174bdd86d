namespace Halley.Registry;

/// <summary>People other than the requester and the release's maker agree to exactly this request.</summary>
public sealed record ApprovalGate : Gate
{
    /// <summary>Approvals that are needed, each by another person. Range: at least 1. Default 1.</summary>
    public int Minimum { get; init; } = 1;

    public override IEnumerable<string> Validate() => Minimum < 1 ? [$"minimum is {Minimum}; at least 1 is needed"] : [];

    /// <summary>An approval is given to a request, not found beside it; without any the gate stands open.</summary>
    public override GateResult Judge(GateEvidence? evidence) => Judge([], "");

    internal GateResult Judge(IReadOnlyList<Approval> approvals, string request)
    {
        if (approvals.Count >= Minimum)
            return Pass($"Approved by {string.Join(", ", approvals.Select(approval => approval.By))}.", approvals.Count, Minimum);
        return Fail(
            $"{approvals.Count} of {Minimum} approvals are given.",
            $"Ask another person to approve the request{(request.Length > 0 ? " " + request : "")}, then complete it.",
            approvals.Count,
            Minimum
        );
    }
}
