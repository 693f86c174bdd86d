using Halley.Data;

namespace Halley.Glm;

/// <summary>Stepwise search: in each step the move that betters the model most, until none does.</summary>
/// <remarks>
/// With AIC the steps are those of R's <c>step</c>. With held-out rows each candidate is fitted once without each fold and measured on it;
/// a family's own parameter that is estimated stays as the first model has it, so that deviances compare.
/// </remarks>
public sealed class TermSearch
{
    /// <summary>AIC must fall by more than rounding.</summary>
    const double LeastGain = 1e-7;

    readonly TrainingSet set;
    readonly GlmOptions options;
    readonly TermSearchOptions search;
    readonly TermScope scope;
    readonly IProgress<FitProgress>? progress;
    readonly CancellationToken cancellation;

    TermSearch(
        GlmOptions options,
        TrainingSet set,
        IReadOnlyList<Term> scope,
        TermSearchOptions search,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        this.set = set with { Features = [], Validation = null };
        this.options = options with
        {
            LikelihoodRatioTests = false,
            ProfileIntervals = false,
            Errors = ErrorKind.Model,
            Cluster = null,
        };
        this.scope = new(scope);
        (this.search, this.progress, this.cancellation) = (search, progress, cancellation);
    }

    /// <summary>Searches from the model of the options.</summary>
    /// <param name="set">Rows to learn from; the search looks at no others.</param>
    /// <param name="scope">Terms that may be added, beside those of the options.</param>
    /// <exception cref="HalleyException">HLY2160: the search can't be done; HLY2132: too few folds; or as a fit that meets these data.</exception>
    public static TermSearchResult Run(
        GlmOptions options,
        TrainingSet set,
        IReadOnlyList<Term> scope,
        TermSearchOptions? search = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        search ??= new();
        var all = TermScope.Join(options.Terms, scope);
        Refuse(options, search, all);
        return new TermSearch(options, set, all, search, progress, cancellation).Walk();
    }

    TermSearchResult Walk()
    {
        var names = options.Terms.Select(term => term.Name).ToHashSet(StringComparer.Ordinal);
        var current = Fit(set, scope.Chosen(names));
        var folds = search.Criterion == SearchCriterion.HeldOut ? new SearchFolds(set, options, search.Folds) : null;
        var held = folds?.Measure([scope.Chosen(names)], current.Family, Ignore, cancellation)[0];
        var steps = new List<TermSearchStep>();
        while (steps.Count < search.MaximumSteps)
        {
            // 1. Every term that may go or come.
            var moves = Moves(names).ToList();
            // 2. Each of those models fitted, and held against rows that were left out of the fit.
            var tried = Try(moves, current, names, folds, held, steps.Count);
            // 3. The best of them, if it is better than the model as it is.
            var isBetter =
                tried.Count > 0
                && tried[0].Move.Gain > (folds is null ? LeastGain : 0)
                && (folds is not null || IsBetter(current, tried[0].Fit));
            steps.Add(
                new(
                    current.Deviance,
                    current.EffectiveDegrees,
                    current.Aic,
                    held is null ? null : folds!.Mean(held),
                    [.. tried.Select(one => one.Move)],
                    isBetter ? tried[0].Move : null
                )
            );
            if (!isBetter)
                break;
            (var move, current, held) = tried[0];
            names = With(names, move.Term, move.IsAdded);
        }
        progress?.Report(new("searched", 1));
        return new(scope.Chosen(names), current, steps);
    }

    /// <summary>R's <c>step</c> looks at the AIC of the model itself too, which has a dispersion of its own.</summary>
    static bool IsBetter(GlmFit before, GlmFit after) => after.Aic is null || after.Aic < before.Aic - LeastGain;

    IEnumerable<(Term Term, bool IsAdded)> Moves(HashSet<string> names)
    {
        if (search.Direction != SearchDirection.Forward)
        {
            foreach (var term in scope.Droppable(names).Where(term => !search.Kept.Contains(term.Name)))
                yield return (term, false);
        }
        if (search.Direction != SearchDirection.Backward)
        {
            foreach (var term in scope.Addable(names))
                yield return (term, true);
        }
    }

    /// <summary>The moves that change the model, the best first.</summary>
    List<(TermMove Move, GlmFit Fit, double[]? Held)> Try(
        List<(Term Term, bool IsAdded)> moves,
        GlmFit current,
        HashSet<string> names,
        SearchFolds? folds,
        double[]? before,
        int step
    )
    {
        var fitsEach = 1 + (folds?.Count ?? 0);
        var (done, inStep) = (0, Math.Max(moves.Count, 1) * fitsEach);
        void Tell(string term)
        {
            done++;
            // How many steps there will be nobody knows; half the moves that there are now is a fair guess.
            var expected = Math.Max(step + 1 + moves.Count / 2.0, step + 1);
            progress?.Report(new($"step {step + 1}", Math.Min((step + (double)done / inStep) / expected, 0.99), term));
        }
        var tried = new List<(TermMove Move, GlmFit Fit, Term[] Terms)>();
        foreach (var (term, isAdded) in moves)
        {
            var terms = scope.Chosen(With(names, term.Name, isAdded));
            var fit = Fit(set, terms);
            Tell(term.Name);
            if (TermMove.Of(term.Name, isAdded, current, fit) is { } move)
                tried.Add((move, fit, terms));
        }
        var held = folds?.Measure(
            [.. tried.Select(one => one.Terms)],
            current.Family,
            () => Tell("holding out folds"),
            cancellation
        );
        return
        [
            .. tried
                .Select((one, i) => (Move: held is null ? one.Move : folds!.Judge(one.Move, before!, held[i]), one.Fit, held?[i]))
                .OrderByDescending(one => one.Move.Gain),
        ];
    }

    GlmFit Fit(TrainingSet rows, Term[] terms) =>
        new GlmTrainer(options with { Terms = terms, Controls = SearchFolds.ControlsOf(options, terms) }).Fit(
            rows,
            null,
            cancellation
        );

    static HashSet<string> With(HashSet<string> names, string term, bool isAdded)
    {
        var changed = new HashSet<string>(names, StringComparer.Ordinal);
        if (isAdded)
            changed.Add(term);
        else
            changed.Remove(term);
        return changed;
    }

    static void Ignore() { }

    static void Refuse(GlmOptions options, TermSearchOptions search, IReadOnlyList<Term> all)
    {
        var problems = search.Folds.Problems().ToList();
        if (options.Penalty is not null)
            problems.Add("a penalised model chooses its terms by the penalty; leave the penalty out");
        if (options.BiasReduction)
            problems.Add("bias-reduced fits do not maximise the likelihood; leave bias_reduction out");
        if (search.MaximumSteps is < 1 or > 1000)
            problems.Add($"{search.MaximumSteps} steps are outside 1 to 1000");
        foreach (var name in search.Kept.Where(name => all.All(term => term.Name != name)))
            problems.Add(
                $"'{name}' is to be kept, but is no term of the model; there are {string.Join(", ", all.Select(term => term.Name))}"
            );
        if (problems.Count > 0)
            throw new HalleyException("HLY2160", $"the search can't be done: {string.Join("; ", problems)}.");
    }
}
