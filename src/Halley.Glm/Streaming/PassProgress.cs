using Halley.Data;

namespace Halley.Glm;

/// <summary>Tells how far a streamed fit has come: passes over the rows, and how much of the one at hand is done.</summary>
/// <remarks>How many passes there will be is not known before; a fit usually takes about fourteen.</remarks>
sealed class PassProgress(IProgress<FitProgress> outer, int rowCount) : IProgress<FitProgress>
{
    const int UsualPasses = 14;

    string? detail;
    int passes;

    /// <summary>Takes over what the solver has to say, but for its own idea of how much is done.</summary>
    public void Report(FitProgress value) => detail = value.Detail ?? detail;

    /// <summary>A share of a pass is done.</summary>
    internal void Report(double share)
    {
        var expected = Math.Max(UsualPasses, passes + 2);
        outer.Report(new($"pass {passes + 1} over {rowCount:N0} rows", (passes + share) / expected, detail));
        passes += share >= 1 ? 1 : 0;
    }
}
