using System.Globalization;

namespace Halley.Boosting;

/// <summary>The mutable state of one fit of several scores: a run for each, and what they have in common.</summary>
sealed class JointRun
{
    /// <summary>Names the seeds of the scores.</summary>
    const ulong OutputStream = 0x6f7574707574;

    readonly BoostingOptions options;
    readonly JointLoss loss;
    readonly JointRows learn;
    readonly JointRows? validation;
    readonly BoostingRun[] runs;
    readonly int threads;
    readonly List<RoundDeviance> curve = [];

    internal JointRun(BoostingOptions options, PreparedSet prepared, JointLoss loss, int threads, CancellationToken cancellation)
    {
        (this.options, this.loss, this.threads) = (options, loss, threads);
        Starts = loss.Starts(prepared.Learn.Vectors, prepared.Start, threads);
        learn = new(prepared.Learn.Vectors, loss.OutputCount);
        validation = prepared.Validation is { } held ? new(held.Vectors, loss.OutputCount) : null;
        runs = [.. Enumerable.Range(0, loss.OutputCount).Select(output => RunOf(output, prepared, cancellation))];
    }

    /// <summary>Constants that the scores started at.</summary>
    internal double[] Starts { get; }

    internal JointRows Learn => learn;

    internal IReadOnlyList<RoundDeviance> Curve => curve;

    internal int Rounds => runs[0].Rounds;

    internal int BestRound { get; private set; }

    internal bool Validated => validation is not null;

    internal bool OutOfPatience => Validated && Rounds - BestRound >= options.Patience;

    /// <summary>The latest deviances, in words.</summary>
    internal string Latest =>
        string.Create(CultureInfo.InvariantCulture, $"learn {curve[^1].Learn:F6}")
        + (validation is null ? "" : string.Create(CultureInfo.InvariantCulture, $", validation {curve[^1].Validation:F6}"));

    /// <summary>Trees round by round, those of a round in the order of the scores.</summary>
    internal IEnumerable<GrownTree> Trees =>
        Enumerable.Range(0, Rounds).SelectMany(round => runs.Select(run => run.Trees[round]));

    /// <summary>The learn rows' scores as they are served, shape (outputs)(n).</summary>
    internal double[][] ServedScores() => Array.ConvertAll(runs, run => run.ServedEta());

    /// <summary>Takes the deviances at the scores so far.</summary>
    internal void Measure()
    {
        var own = loss.MeanDeviance(learn, Array.ConvertAll(runs, run => run.LearnScores()), threads);
        var held = validation is null
            ? (double?)null
            : loss.MeanDeviance(validation, Array.ConvertAll(runs, run => run.ValidationScores()!), threads);
        curve.Add(new(Rounds, own, held));
        if (validation is not null && !(held < curve[BestRound].Validation) && Rounds > 0)
            return;
        BestRound = Rounds;
        foreach (var run in runs)
            run.MarkBest();
    }

    /// <summary>Grows a tree for each score.</summary>
    /// <returns>False where none of them is allowed a cut any more.</returns>
    internal bool Grow()
    {
        loss.BeginRound(learn, threads);
        var grown = Array.ConvertAll(runs, run => run.DeriveAndGrow());
        if (!Array.Exists(grown, isGrown => isGrown))
            return false;
        for (var output = 0; output < runs.Length; output++)
        {
            if (!grown[output])
                runs[output].Rest();
        }
        return true;
    }

    /// <summary>Takes back the trees behind the best round.</summary>
    internal void KeepBest() => Array.ForEach(runs, run => run.KeepBest());

    /// <summary>Slopes of the learn rows at the scores so far, of each score.</summary>
    internal PilotSlopes[] Slopes()
    {
        loss.BeginRound(learn, threads);
        return
        [
            .. runs.Select((run, output) => PilotSlopes.Of(run.Loss, learn.Numbered(loss.TakesOffset(output)), run.LearnEta)),
        ];
    }

    BoostingRun RunOf(int output, PreparedSet prepared, CancellationToken cancellation)
    {
        var own = prepared with
        {
            Start = Starts[output],
            Learn = prepared.Learn with { Vectors = learn.Numbered(loss.TakesOffset(output)) },
            Validation = validation is null
                ? null
                : prepared.Validation! with
                {
                    Vectors = validation.Numbered(loss.TakesOffset(output)),
                },
        };
        var seeded = options with { Seed = Kernels.CounterRandom.Bits(options.Seed, OutputStream, (ulong)output) };
        var held = validation is null ? null : loss.Of(output, validation);
        var run = new BoostingRun(seeded, own, loss.Of(output, learn), threads, cancellation, held);
        learn.Scores[output] = run.LearnEta;
        if (validation is not null)
            validation.Scores[output] = run.ValidationScores()!;
        return run;
    }
}
