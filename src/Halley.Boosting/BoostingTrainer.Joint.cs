using Halley.Data;

namespace Halley.Boosting;

public sealed partial class BoostingTrainer
{
    /// <summary>Steps 4 to 7 of <see cref="Grow(PreparedSet, IProgress{FitProgress}?, CancellationToken)"/> for a loss of several scores.</summary>
    BoostingFit GrowJoint(PreparedSet prepared, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        // 4. Each round grows a tree for each score, until rounds or patience run out; once a seed.
        var threads = ThreadsFor(prepared.Learn.Table);
        var (members, rounds) = (new List<JointRun>(), 0);
        for (var member = 0; member < Options.AveragedSeeds; member++)
        {
            var seeded = Options with { Seed = Options.Seed + (ulong)member };
            var run = new JointRun(seeded, prepared, JointLoss.Of(Options)!, threads, cancellation);
            Grow(run, member, progress);
            rounds = Math.Max(rounds, run.Rounds);
            run.KeepBest();
            members.Add(run);
        }
        // 5. Scores are averaged.
        var (first, loss) = (members[0], JointLoss.Of(Options)!);
        var scores = Array.ConvertAll(first.Starts, _ => new double[prepared.Learn.Table.RowCount]);
        foreach (var served in members.Select(run => run.ServedScores()))
        {
            for (var output = 0; output < scores.Length; output++)
                Kernels.Reduce.AddScaled(1.0 / Options.AveragedSeeds, served[output], scores[output]);
        }
        // 6. Starts are shifted so that predictions add up to the targets.
        var before = loss.BalanceOf(prepared.Balance, first.Learn, scores, threads);
        var shifts = Options.RestoreBalance
            ? loss.Shifts(prepared.Balance, first.Learn, scores, threads)
            : new double[loss.OutputCount];
        for (var output = 0; output < scores.Length; output++)
        {
            foreach (ref var score in scores[output].AsSpan())
                score += shifts[output];
        }
        // 7. Trees over bins become trees over values.
        var trees = members.SelectMany(run => run.Trees).ToList();
        foreach (var tree in trees)
            tree.Scale(1.0 / Options.AveragedSeeds);
        var rule = new ScoreRule
        {
            Bases = [.. first.Starts.Zip(shifts, (start, shift) => start + shift)],
            Biases = new double[loss.OutputCount],
            TreeOutputs = [.. trees.Select((_, tree) => tree % loss.OutputCount)],
            Transform = loss.Transform,
        };
        var advice = Advice(rounds, first.Validated, first.BestRound, first.OutOfPatience);
        return new()
        {
            Scorer = new TreeCompiler(prepared.Columns).Compile(rule, trees),
            Converged = advice is null,
            Advice = advice,
            Rounds = rounds,
            BestRound = first.BestRound,
            Curve = first.Curve,
            Importance = Importance.Of(prepared.Columns, trees),
            BalanceBefore = before,
            Balance = loss.BalanceOf(prepared.Balance, first.Learn, scores, threads),
            Shape = loss.ShapeAt(prepared.Learn.Vectors, scores, threads),
            FittedFamily = loss.FamilyAt(prepared.Learn.Vectors, scores, threads),
        };
    }

    void Grow(JointRun run, int member, IProgress<FitProgress>? progress)
    {
        run.Measure();
        while (run.Rounds < Options.Rounds && !run.OutOfPatience && run.Grow())
        {
            run.Measure();
            var done = (member + (double)run.Rounds / Options.Rounds) / Options.AveragedSeeds;
            progress?.Report(new("trees", done, run.Latest));
        }
    }
}
