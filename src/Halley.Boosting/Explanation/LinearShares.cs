using Halley.Data;

namespace Halley.Boosting;

/// <summary>Shapley values of a leaf that holds a linear model.</summary>
/// <remarks>
/// That a row reaches the leaf is a product of one factor a player; times the leaf's value it is a game whose shares are known. A linear
/// value is constant + Σ b·x, and each term is such a game again: b·x where x is taken from the row, and b·m where it is not, m its value in the
/// background row or its mean over the leaf's learn rows. So the term is b·m times the leaf's game, plus b·(x − m) times the leaf's game
/// with one factor more: its own player is known. Where a term that is missing makes the leaf fall back to its plain value, that all
/// are there is a factor of the same kind.
/// </remarks>
sealed class LinearShares(TreeEnsemble trees, ShapPlayers players)
{
    readonly LinearLeaves leaves = trees.Nodes.Linear!;

    /// <exception cref="HalleyException">HLY2232: the model's file does not say what the terms' columns were like in each leaf.</exception>
    internal void RequireMeans()
    {
        if (leaves.Means is null)
            throw new HalleyException(
                "HLY2232",
                "the model's leaves are linear models, and its file does not hold the means of their inputs, at which an unknown input would "
                    + "stand. Explain against a background: halley explain MODEL --background ROWS."
            );
    }

    /// <summary>Whether a leaf's value is more than its plain one.</summary>
    internal bool Holds(int leaf) => leaves.Starts[leaf] < leaves.Starts[leaf + 1];

    internal IEnumerable<int> PlayersOf(int leaf) =>
        Enumerable
            .Range(leaves.Starts[leaf], leaves.Starts[leaf + 1] - leaves.Starts[leaf])
            .Select(term => players.Of[leaves.Columns[term]]);

    /// <summary>A leaf's value where none of its terms is known; null for a plain leaf.</summary>
    internal double? MeanOf(int leaf)
    {
        if (!Holds(leaf) || leaves.Means is null)
            return null;
        var sum = leaves.Constants[leaf];
        for (var term = leaves.Starts[leaf]; term < leaves.Starts[leaf + 1]; term++)
            sum += leaves.Coefficients[term] * leaves.Means[term];
        return sum;
    }

    /// <summary>Path-dependent shares of a leaf.</summary>
    /// <param name="path">Factors of the players on the way; of <paramref name="length"/> + 1 entries.</param>
    /// <param name="given">A player whose value is given or given to be unknown, whose factors are in <paramref name="fraction"/>.</param>
    internal void AddPath(
        int leaf,
        double[] row,
        double[] shares,
        ReadOnlySpan<ShapPath> path,
        int length,
        int given,
        bool isKnown,
        double fraction
    )
    {
        var (start, end) = (leaves.Starts[leaf], leaves.Starts[leaf + 1]);
        Span<ShapPath> whole = new ShapPath[length + 2 + 2 * (end - start)];
        var (own, middle) = (new ShapPath[whole.Length], MeanOf(leaf)!.Value);
        // 1. A missing term that is known leaves the plain value: all others need that it is not.
        path[..(length + 1)].CopyTo(whole);
        var (depth, part) = (length, fraction);
        for (var term = start; term < end; term++)
        {
            if (!IsPlainWithout(row[leaves.Columns[term]]))
                continue;
            var player = players.Of[leaves.Columns[term]];
            if (player == given)
                part = isKnown ? 0 : part;
            else
                depth = ShapPath.Multiply(whole, depth, player, 1, 0);
        }
        if (HasMissing(start, end, row))
        {
            var plain = trees.Nodes.All[leaf].Value;
            ShapPath.AddGame(path, length, fraction * plain, shares);
            ShapPath.AddGame(whole, depth, part * (middle - plain), shares);
        }
        else
        {
            ShapPath.AddGame(path, length, fraction * middle, shares);
        }
        // 2. Each term that is known moves the value from its mean.
        for (var term = start; term < end && part != 0; term++)
        {
            var x = row[leaves.Columns[term]];
            if (IsPlainWithout(x))
                continue;
            var moved = leaves.Coefficients[term] * (ValueOf(x) - leaves.Means![term]);
            var player = players.Of[leaves.Columns[term]];
            if (player == given)
            {
                if (isKnown)
                    ShapPath.AddGame(whole, depth, part * moved, shares);
                continue;
            }
            whole[..(depth + 1)].CopyTo(own);
            var deeper = ShapPath.Multiply(own, depth, player, 0, 1);
            ShapPath.AddGame(own, deeper, part * moved, shares);
        }
    }

    /// <summary>Interventional shares of a leaf.</summary>
    /// <param name="sides">Shape (players): 1 taken from the row, 2 from the background, 0 free.</param>
    internal void AddAgainst(int leaf, double[] row, double[] known, double[] shares, int[] sides, int fromRow, int fromKnown)
    {
        var (start, end) = (leaves.Starts[leaf], leaves.Starts[leaf + 1]);
        var plain = trees.Nodes.All[leaf].Value;
        AddGame(plain, shares, sides, fromRow, fromKnown);
        // 1. Free players without whose right side the leaf falls back take that side.
        var (taken, possible) = (new List<int>(), true);
        for (var term = start; term < end; term++)
        {
            var (player, column) = (players.Of[leaves.Columns[term]], leaves.Columns[term]);
            var (inRow, inKnown) = (!IsPlainWithout(row[column]), !IsPlainWithout(known[column]));
            var side =
                inRow && inKnown ? 0
                : inRow ? 1
                : inKnown ? 2
                : -1;
            if (side == 0)
                continue;
            possible &= side > 0 && (sides[player] == 0 || sides[player] == side);
            if (!possible)
                break;
            if (sides[player] != 0)
                continue;
            sides[player] = side;
            taken.Add(player);
            (fromRow, fromKnown) = side == 1 ? (fromRow + 1, fromKnown) : (fromRow, fromKnown + 1);
        }
        if (possible)
            AddModel(leaf, plain, row, known, shares, sides, fromRow, fromKnown);
        foreach (var player in taken)
            sides[player] = 0;
    }

    /// <summary>What the linear model has beyond the plain value.</summary>
    void AddModel(int leaf, double plain, double[] row, double[] known, double[] shares, int[] sides, int fromRow, int fromKnown)
    {
        var value = leaves.Constants[leaf] - plain;
        for (var term = leaves.Starts[leaf]; term < leaves.Starts[leaf + 1]; term++)
        {
            var (player, column) = (players.Of[leaves.Columns[term]], leaves.Columns[term]);
            var (x, from) = (ValueOf(row[column]), ValueOf(known[column]));
            value += leaves.Coefficients[term] * (sides[player] == 1 ? x : from);
            if (sides[player] != 0)
                continue;
            sides[player] = 1;
            AddGame(leaves.Coefficients[term] * (x - from), shares, sides, fromRow + 1, fromKnown);
            sides[player] = 0;
        }
        AddGame(value, shares, sides, fromRow, fromKnown);
    }

    /// <summary>Shares of a value that is there where some players are taken from the row and some others from the background.</summary>
    internal static void AddGame(double value, double[] shares, int[] sides, int fromRow, int fromKnown)
    {
        if (fromRow + fromKnown == 0)
            return;
        // Weight of the orders in which the row's players come first: (a − 1)! b! / (a + b)! and a! (b − 1)! / (a + b)!.
        var orders = Binomial(fromRow + fromKnown, fromRow);
        for (var player = 0; player < sides.Length; player++)
        {
            if (sides[player] == 1)
                shares[player] += value / (fromRow * orders);
            else if (sides[player] == 2)
                shares[player] -= value / (fromKnown * orders);
        }
    }

    bool IsPlainWithout(double x) => leaves.Missing == MissingTerm.PlainValue && double.IsNaN(x);

    double ValueOf(double x) => leaves.Missing == MissingTerm.Zero && double.IsNaN(x) ? 0 : x;

    bool HasMissing(int start, int end, double[] row)
    {
        for (var term = start; term < end; term++)
        {
            if (IsPlainWithout(row[leaves.Columns[term]]))
                return true;
        }
        return false;
    }

    static double Binomial(int n, int k)
    {
        var result = 1.0;
        for (var i = 1; i <= k; i++)
            result = result * (n - k + i) / i;
        return result;
    }
}
