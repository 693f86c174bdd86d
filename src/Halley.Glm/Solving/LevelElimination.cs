namespace Halley.Glm;

/// <summary>One factor of very many levels, whose own part of the information matrix is a diagonal and is solved for first.</summary>
/// <remarks>
/// A row has one level, so with D the sums by level, B those with all other columns and C the rest, the information and what is left of
/// it for the rest are
/// <code>
/// [ D  B ]      S = C − B′·D⁻¹·B
/// [ B′ C ]
/// </code>
/// No matrix of levels by levels is ever made. Source: Golub and Van Loan (2013), Matrix Computations, section 3.2.11.
/// </remarks>
/// <param name="Term">Position of the factor's term.</param>
/// <param name="Start">Its first full column.</param>
/// <param name="Count">Its full columns.</param>
sealed record LevelElimination(int Term, int Start, int Count)
{
    /// <summary>The largest factor that can be solved for first; null where that leaves more columns than the limit.</summary>
    /// <remarks>A factor that an interaction or a penalty holds can't: tests and bases would mix its levels with others' columns.</remarks>
    internal static LevelElimination? Of(GlmDesign design, int limit)
    {
        LevelElimination? largest = null;
        for (var t = 0; t < design.Terms.Count; t++)
        {
            var count = design.Terms[t].ColumnCount;
            if (count > (largest?.Count ?? 0) && IsPlain(design, t))
                largest = new(t, design.TermStarts[t], count);
        }
        return largest is not null && design.Penalties.Count == 0 && design.Order.Count(full => !largest.Holds(full)) <= limit
            ? largest
            : null;
    }

    internal bool Holds(int full) => full >= Start && full < Start + Count;

    /// <summary>Positions of the factor's columns among some full columns, and those of the rest.</summary>
    internal (int[] Own, int[] Others) Split(int[] columns)
    {
        int[] all = [.. Enumerable.Range(0, columns.Length)];
        return ([.. all.Where(i => Holds(columns[i]))], [.. all.Where(i => !Holds(columns[i]))]);
    }

    static bool IsPlain(GlmDesign design, int t) =>
        design.Terms[t] is { IsMapped: false, Parts: [{ Coder: not null } part] }
        && !design.Terms.Where((_, other) => other != t).Any(other => other.Parts.Any(own => own.Term.Name == part.Term.Name));
}
