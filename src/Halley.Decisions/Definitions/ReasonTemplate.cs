namespace Halley.Decisions;

/// <summary>A sentence that may explain an answer, told where its condition holds, in the order of contribution.</summary>
/// <remarks>
/// Contribution: the model's score (before the link) for the record, less its score for the same record with
/// <see cref="Field"/> at its reference value. The decision's plan computes it, live as in batch. Of a model of classes the score is the
/// logarithm of the odds of <see cref="Class"/> against all others.
/// </remarks>
public sealed record ReasonTemplate
{
    public required string Name { get; init; }

    /// <summary>
    /// The sentence; <c>{name}</c> stands for a value, <c>{name:1}</c> for a number with one decimal, <c>{name.q90}</c> for a
    /// quantile of a usual range: <c>reported {report_delay} days after the event; 9 in 10 arrive within {report_delay.q90}</c>.
    /// </summary>
    public required string Text { get; init; }

    /// <summary>The field or step that the reason is about; the model must read it under this name.</summary>
    public required string Field { get; init; }

    /// <summary>Alias of the model whose score the field moves.</summary>
    public required string Model { get; init; }

    /// <summary>Of a model of classes: the class whose odds the field moves. Null for a model of a number.</summary>
    public string? Class { get; init; }

    /// <summary>The value to compare with: a number, level, date, true, false or <c>missing</c>. Default: the
    /// median of the field's usual range, or where it has none, what was typical when the model was fitted.</summary>
    public string? Reference { get; init; }

    /// <summary>Formula of a boolean: the reason is told only where it holds. Null for always.</summary>
    public string? When { get; init; }

    /// <summary>Whether the sentence is about what lowers the score. Default: what raises it.</summary>
    public bool Lowers { get; init; }

    /// <summary>Smallest size of the contribution that is worth telling. Range [0, ∞). Default 0: any above 0.</summary>
    public double MinimumContribution { get; init; }

    /// <summary>Actions with which the reason is told; empty for all.</summary>
    public IReadOnlyList<string> OnlyWith { get; init; } = [];
}
