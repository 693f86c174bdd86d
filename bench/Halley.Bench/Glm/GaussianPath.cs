using Halley.Data;
using Halley.Glm;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Bench;

/// <summary>A Gaussian lasso path of 100 strengths over normal columns, ten of them with an effect, noise of standard deviation 2.</summary>
sealed class GaussianPath
{
    readonly int rows;
    readonly double[][] x;
    readonly double[] y;

    public GaussianPath(int rows, int columns)
    {
        this.rows = rows;
        var random = new DeterministicRandom(1);
        x = [.. Enumerable.Range(0, columns).Select(_ => Enumerable.Range(0, rows).Select(_ => random.NextNormal()).ToArray())];
        y = new double[rows];
        for (var row = 0; row < rows; row++)
        {
            y[row] = 2 * random.NextNormal();
            for (var j = 0; j < 10; j++)
                y[row] += (j % 2 == 0 ? 1 : -1) * (10 - j) / 10.0 * x[j * columns / 10][row];
        }
    }

    /// <summary>Objective of the last strength.</summary>
    public double Solve()
    {
        var names = Enumerable.Range(0, x.Length).Select(j => FormattableString.Invariant($"x{j}")).ToArray();
        var learn = new Table([new NumericColumn("y", y), .. names.Select((name, j) => new NumericColumn(name, x[j]))]);
        var penalty = new GlmPenalty
        {
            Scale = PenaltyScale.None,
            PathLength = 100,
            PathRatio = rows > x.Length ? 1e-4 : 1e-2,
        };
        var options = new GlmOptions
        {
            Family = Family.Gaussian,
            Terms = [.. names.Select(name => new NumericTerm(name))],
            Threads = 2,
            Penalty = penalty,
        };
        var set = new TrainingSet
        {
            Learn = learn,
            Features = [],
            Target = "y",
        };
        return PenalisedFitter.Path(set, options)[^1].Objective;
    }

    /// <summary>Rows, columns, x by column, y: for R's readBin.</summary>
    public string WriteTemporary()
    {
        var path = Path.GetTempFileName();
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write(rows);
        writer.Write(x.Length);
        foreach (var value in x.Append(y).SelectMany(column => column))
            writer.Write(value);
        return path;
    }
}
