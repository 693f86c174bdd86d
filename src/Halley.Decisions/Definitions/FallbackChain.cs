namespace Halley.Decisions;

/// <summary>What happens when a part fails: the kinds are tried in order, and the first that answers is flagged in the answer.</summary>
public sealed record FallbackChain
{
    /// <summary>Must end with <see cref="FallbackKind.Refer"/>, which can't fail. Default: refer alone.</summary>
    public IReadOnlyList<FallbackKind> Order { get; init; } = [FallbackKind.Refer];

    /// <summary>Formulas of outputs by their name, over input fields and tables; needed with <see cref="FallbackKind.Table"/>.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();

    /// <summary>The action of an answer by <see cref="Outputs"/>. Null: the decision's mildest action.</summary>
    public string? TableAction { get; init; }

    /// <summary>The action that hands the record to a person. Default <c>refer</c>.</summary>
    public string ReferAction { get; init; } = "refer";

    /// <summary>Sentence for the caller with <see cref="FallbackKind.Refer"/>.</summary>
    public string Reason { get; init; } = "no automatic answer is possible at the moment; a person will decide";
}
