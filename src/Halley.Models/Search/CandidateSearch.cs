using Halley.Boosting;
using Halley.Glm;

namespace Halley.Models;

/// <summary>Bands and interactions that might better a GLM: a small boosted model proposes, rows held out from both judge.</summary>
/// <remarks>
/// The learn rows are parted by the ids of the spec's split (row by row where it has none). Guide and candidates learn from one part;
/// the gain is measured on the other. The spec's validation and test rows are not looked at.
/// </remarks>
public static class CandidateSearch
{
    const ulong HeldOutStream = 0x63616E646964;

    /// <summary>More levels or cells than this are not proposed.</summary>
    const int LevelLimit = 12;

    const int CellLimit = 144;

    /// <summary>For each number among the features: the fewest bands that keep 95 % of its curve in an additive boosted model, best first.</summary>
    /// <exception cref="HalleyException">HLY3463: the learner is no GLM; HLY3464: bad options; or as a fit that meets these data.</exception>
    public static IReadOnlyList<TermCandidate> Bands(
        ModelSpec spec,
        Table table,
        CandidateOptions? options = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var parts = Part(spec, table, options ??= new(), progress.Part(0, 0.2), cancellation);
        // 1. The guide: what each feature does beside the others, from the constant on.
        var guide = parts.Guide(options).Additive(parts.Means(parts.Judge.Constant), progress.Part(0.2, 0.5), cancellation).Trees;
        // 2. Bands that follow each curve, in place of what the model has of the column.
        var found = new List<TermCandidate?>();
        for (var input = 0; input < guide.Inputs.Count; input++)
        {
            progress?.Report(new("judging bands", 0.5 + 0.5 * input / guide.Inputs.Count, guide.Inputs[input].Name));
            var (bands, share) = BandsOf(guide, input, parts, options.MaximumBands);
            if (
                bands is null
                || parts
                    .Options.Terms.OfType<BandedTerm>()
                    .Any(own => own.Column == bands.Column && own.Cuts.SequenceEqual(bands.Cuts))
            )
                continue;
            string[] replaced =
            [
                .. parts.Options.Terms.OfType<ColumnTerm>().Where(own => own.Column == bands.Column).Select(own => own.Name),
            ];
            found.Add(parts.Judge.Judge(Labelled(bands, parts.Options, replaced), replaced, share));
        }
        return Ranked(found);
    }

    /// <summary>For the pairs that a boosted model of two-level trees uses most on what the GLM leaves: the interaction of their levels, and of numbers as they are, best first.</summary>
    /// <inheritdoc cref="Bands"/>
    public static IReadOnlyList<TermCandidate> Interactions(
        ModelSpec spec,
        Table table,
        CandidateOptions? options = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var parts = Part(spec, table, options ??= new(), progress.Part(0, 0.15), cancellation);
        // 1. The guides: curves for the bands of numbers, pairs on what the model leaves.
        var guide = parts.Guide(options);
        var curves = guide.Additive(parts.Means(parts.Judge.Constant), progress.Part(0.15, 0.3), cancellation).Trees;
        var pairs = guide.Pairs(parts.Means(parts.Judge.Model), progress.Part(0.3, 0.5), cancellation);
        // 2. Each pair as products of levels, and of numbers.
        var chosen = pairs.Take(options.Pairs).ToList();
        var found = new List<TermCandidate?>();
        for (var i = 0; i < chosen.Count; i++)
        {
            var (first, second, share) = chosen[i];
            progress?.Report(new("judging pairs", 0.5 + 0.5 * i / chosen.Count, $"{first} and {second}"));
            foreach (var term in Products(first, second, curves, parts))
                found.Add(parts.Judge.Judge(term, [], share));
        }
        return Ranked(found);
    }

    static IReadOnlyList<TermCandidate> Ranked(IEnumerable<TermCandidate?> found) =>
        [.. found.OfType<TermCandidate>().OrderBy(candidate => candidate.HeldOutChange)];

    /// <summary>The interaction of levels, and the one of numbers as the model has them; those that the model lacks.</summary>
    static IEnumerable<Term> Products(string first, string second, TreeEnsemble curves, SearchParts parts)
    {
        var made = new List<InteractionTerm>();
        if (
            Levels(first, curves, parts) is { } one
            && Levels(second, curves, parts) is { } other
            && one.Count * other.Count <= CellLimit
        )
            made.Add(new(one.Term, other.Term));
        if (Slope(first, parts) is { } left && Slope(second, parts) is { } right && (left, right) is not (LevelTerm, LevelTerm))
            made.Add(new(left, right));
        var known = parts.Options.Terms.Select(term => KeyOf(term)).ToHashSet(StringComparer.Ordinal);
        return made.Where(term => known.Add(KeyOf(term)));
    }

    static string KeyOf(Term term) =>
        term is InteractionTerm both
            ? string.Join('\n', both.Factors.Select(part => part.Name).Order(StringComparer.Ordinal))
            : term.Name;

    /// <summary>A feature as levels: as the model has it, else a factor or bands along its curve.</summary>
    static (LevelTerm Term, int Count)? Levels(string column, TreeEnsemble curves, SearchParts parts)
    {
        var learn = parts.Set.Learn[column];
        var own = parts
            .Options.Terms.OfType<LevelTerm>()
            .FirstOrDefault(term => term.Column == column && term is FactorTerm or BandedTerm && term.Fixed is null);
        if (own is BandedTerm bands)
            return (own, bands.Cuts.Count + 1);
        if (own is not null || learn is not NumericColumn)
        {
            var count = Enumerable.Range(0, learn.RowCount).Select(learn.TextAt).Distinct().Take(LevelLimit + 1).Count();
            if (count <= LevelLimit)
                return (own ?? new FactorTerm(column), count);
        }
        if (learn is not NumericColumn)
            return null;
        var input = Enumerable.Range(0, curves.Inputs.Count).First(i => curves.Inputs[i].Name == column);
        var found = BandsOf(curves, input, parts, maximum: 4).Bands;
        return found is null ? null : ((LevelTerm)Labelled(found, parts.Options, []), found.Cuts.Count + 1);
    }

    /// <summary>A feature as a number where it is one, as the model has it; else as a factor.</summary>
    static ColumnTerm? Slope(string column, SearchParts parts)
    {
        if (parts.Set.Learn[column] is NumericColumn)
            return parts
                    .Options.Terms.OfType<ColumnTerm>()
                    .FirstOrDefault(term => term.Column == column && term is NumericTerm or LogTerm)
                ?? new NumericTerm(column)
                {
                    Label = parts.Options.Terms.Any(term => term.Name == column) ? $"{column} as a number" : null,
                };
        return parts.Options.Terms.OfType<FactorTerm>().FirstOrDefault(term => term.Column == column && term.Fixed is null)
            ?? new FactorTerm(column);
    }

    /// <summary>Bands along the curve of a feature in an additive ensemble; null where it has no curve or is no number.</summary>
    static (BandedTerm? Bands, double Share) BandsOf(TreeEnsemble curves, int input, SearchParts parts, int maximum)
    {
        if (
            parts.Set.Learn[curves.Inputs[input].Name] is not NumericColumn column
            || curves.CutsOf(input) is not { Count: > 0 } cuts
        )
            return (null, 0);
        // 1. The curve on each step between cuts; other features stand still.
        double[] ends = [.. cuts, double.MaxValue];
        var block = new SlotBlock(curves.Inputs.Count, ends.Length);
        for (var slot = 0; slot < curves.Inputs.Count; slot++)
            block[slot].Fill(double.NaN);
        ends.CopyTo(block[input]);
        var curve = new double[ends.Length];
        curves.Score(block, [.. Enumerable.Range(0, curves.Inputs.Count)], curve);
        // 2. Weight of each step, and the least value that a row has in it.
        var (weight, least) = (new double[ends.Length], new double[ends.Length]);
        Array.Fill(least, double.PositiveInfinity);
        var values = column.Values;
        for (var row = 0; row < values.Length; row++)
        {
            if (double.IsNaN(values[row]))
                continue;
            var place = Array.BinarySearch(ends, values[row]);
            place = place < 0 ? ~place : place;
            weight[place] += parts.Size[row];
            least[place] = Math.Min(least[place], values[row]);
        }
        // 3. Few bands that keep the curve; a band starts at a value that rows have.
        var (starts, share) = BandFinder.Cut(curve, weight, maximum);
        double[] bands = [.. starts.Select(start => least[start..].Min()).Where(double.IsFinite).Distinct()];
        return bands.Length == 0 ? (null, 0) : (new(column.Name, bands), share);
    }

    /// <summary>Bands whose name no other term has.</summary>
    static BandedTerm Labelled(BandedTerm bands, GlmOptions options, string[] replaced) =>
        options.Terms.Any(term => !replaced.Contains(term.Name) && PartsOf(term).Any(part => part.Name == bands.Name))
            ? bands with
            {
                Label = $"{bands.Column} bands",
            }
            : bands;

    static SearchParts Part(
        ModelSpec spec,
        Table table,
        CandidateOptions options,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        options.Validate();
        progress?.Report(new("preparing", 0));
        var data = SearchData.Of(spec, table, [], [.. options.More, .. spec.Split?.Keys ?? []]);
        if (data.Options.Penalty is not null || data.Options.BiasReduction)
            throw new HalleyException(
                "HLY3464",
                "candidates can't be looked for: the model is penalised or bias-reduced; leave that out for the search."
            );
        var keys = StableKeys.OfRows(data.Set.Learn, spec.Split?.Keys ?? []);
        var isHeldOut = Array.ConvertAll(keys, key => StableKeys.Uniform(key, spec.Seed ^ HeldOutStream) < options.HeldOutShare);
        var all = Enumerable.Range(0, isHeldOut.Length).ToArray();
        var learn = data.Set with { Learn = data.Set.Learn.Take(Array.FindAll(all, row => !isHeldOut[row])) };
        progress?.Report(new("fitting the model", 0.5));
        var judge = new CandidateJudge(
            data.Options with
            {
                Threads = options.Threads,
            },
            learn,
            data.Set.Learn.Take(Array.FindAll(all, row => isHeldOut[row])),
            cancellation
        );
        return new(
            data.Options,
            learn,
            [.. data.Options.Terms.SelectMany(ColumnsOf).Concat(options.More).Distinct(StringComparer.Ordinal)],
            judge
        );
    }

    static IEnumerable<Term> PartsOf(Term term) => term is InteractionTerm both ? both.Factors : [term];

    internal static IEnumerable<string> ColumnsOf(Term term) => PartsOf(term).OfType<ColumnTerm>().Select(part => part.Column);
}
