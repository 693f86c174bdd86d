namespace Halley.Glm;

/// <summary>Chooses a strength from held-out deviances.</summary>
static class StrengthChooser
{
    /// <returns>Index among the points, which go from the greatest strength to the least.</returns>
    internal static int Choose(IReadOnlyList<PenaltyPathPoint> points, StrengthChoice choice)
    {
        var best = 0;
        for (var i = 1; i < points.Count; i++)
        {
            if (points[i].HeldOut < points[best].HeldOut)
                best = i;
        }
        if (choice == StrengthChoice.Best)
            return best;
        var limit = points[best].HeldOut + points[best].HeldOutError;
        var simplest = 0;
        while (!(points[simplest].HeldOut <= limit) && simplest < best)
            simplest++;
        return simplest;
    }
}
