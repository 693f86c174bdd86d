namespace Halley.Registry;

/// <summary>What became of logged decisions that were decided again.</summary>
/// <param name="Through">What decided: a release, a draft, or each decision's own release.</param>
/// <param name="Decisions">Decisions read.</param>
/// <param name="Same">Those with the same answer, to the bit: outputs, steps and reasons.</param>
/// <param name="SameOutputs">Those with the same action and outputs, though by other steps or reasons.</param>
/// <param name="Refused">Those whose inputs the other schema does not take.</param>
/// <param name="Erased">Those whose inputs were erased, so that nothing can be decided again.</param>
/// <param name="Fallbacks">Those that a fallback answered when they were logged; they are compared like the others.</param>
/// <param name="Outputs">By name: the sums of each output that is a number, over decisions that have it both times.</param>
/// <param name="Actions">Changed actions, most frequent first.</param>
/// <param name="Causes">The first step that had another value, by the number of changed decisions.</param>
/// <param name="Problems">Fields for which decisions were refused, most frequent first.</param>
/// <param name="Largest">The decisions whose first money output changed most.</param>
public sealed record ReplayReport(
    string Through,
    long Decisions,
    long Same,
    long SameOutputs,
    long Refused,
    long Erased,
    long Fallbacks,
    IReadOnlyList<ReplayOutput> Outputs,
    IReadOnlyList<ReplayAction> Actions,
    IReadOnlyList<ReplayCause> Causes,
    IReadOnlyList<ReplayProblem> Problems,
    IReadOnlyList<ReplayExample> Largest
)
{
    /// <summary>Decisions with another action or output.</summary>
    public long Changed => Decisions - Same - SameOutputs - Refused - Erased;
}

/// <summary>An output that is a number, summed in decimal over decisions that have it both times.</summary>
/// <param name="Risen">Decisions in which it is larger now.</param>
/// <param name="Fallen">Decisions in which it is smaller now.</param>
public sealed record ReplayOutput(string Name, long Decisions, decimal Logged, decimal Now, long Risen, long Fallen)
{
    public decimal Change => Now - Logged;
}

/// <summary>A change of the action.</summary>
public sealed record ReplayAction(string From, string To, long Decisions);

/// <summary>The first step, in the order of computation, that had another value.</summary>
/// <param name="Change">Sum of the changes of the first output that is money, over these decisions.</param>
public sealed record ReplayCause(string Step, long Decisions, decimal Change);

/// <summary>A field that the other schema does not take, with an example of what it said.</summary>
public sealed record ReplayProblem(string Field, long Decisions, string Example);

/// <summary>One decision that changed much.</summary>
public sealed record ReplayExample(Guid DecisionId, string Output, decimal Logged, decimal Now, string Step);
