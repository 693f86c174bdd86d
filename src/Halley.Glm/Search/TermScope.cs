namespace Halley.Glm;

/// <summary>Every term that a search may use, and which of them may come or go: an interaction stands on its parts.</summary>
/// <param name="terms">In the order that models list them; names are distinct.</param>
sealed class TermScope(IReadOnlyList<Term> terms)
{
    readonly HashSet<string>[] parts =
    [
        .. terms.Select(term => term.Parts.Select(part => ((ColumnTerm)part).Columns).ToHashSet(StringComparer.Ordinal)),
    ];

    /// <summary>The model's terms first, then those of the scope that it lacks.</summary>
    internal static IReadOnlyList<Term> Join(IReadOnlyList<Term> model, IReadOnlyList<Term> scope) =>
        [.. model, .. scope.Where(term => model.All(own => own.Name != term.Name))];

    internal Term[] Chosen(HashSet<string> names) => [.. terms.Where(term => names.Contains(term.Name))];

    /// <summary>Terms that can be added: those whose parts, as far as the scope has them as terms, are in.</summary>
    internal IEnumerable<Term> Addable(HashSet<string> names)
    {
        for (var t = 0; t < terms.Count; t++)
        {
            var own = t;
            var margins = Enumerable.Range(0, terms.Count).Where(other => IsWithin(other, own));
            if (!names.Contains(terms[t].Name) && margins.All(margin => names.Contains(terms[margin].Name)))
                yield return terms[t];
        }
    }

    /// <summary>Terms that can be dropped: those that no other term in the model holds.</summary>
    internal IEnumerable<Term> Droppable(HashSet<string> names)
    {
        for (var t = 0; t < terms.Count; t++)
        {
            var own = t;
            var holders = Enumerable.Range(0, terms.Count).Where(other => IsWithin(own, other));
            if (names.Contains(terms[t].Name) && !holders.Any(holder => names.Contains(terms[holder].Name)))
                yield return terms[t];
        }
    }

    bool IsWithin(int part, int whole) => parts[whole].Count > parts[part].Count && parts[part].IsSubsetOf(parts[whole]);
}
