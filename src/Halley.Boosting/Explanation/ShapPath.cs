namespace Halley.Boosting;

/// <summary>The unique players on the way from a root to a node, with what TreeSHAP keeps of each.</summary>
/// <remarks>Source: Lundberg, Erion and Lee (2018), arXiv:1802.03888, algorithm 2: EXTEND and UNWIND.</remarks>
struct ShapPath
{
    /// <summary>The player; −1 for the start.</summary>
    internal int Player;

    /// <summary>Share of the learn rows that go this way where the player is not known.</summary>
    internal double Zero;

    /// <summary>1 where the row itself goes this way, else 0.</summary>
    internal double One;

    /// <summary>Weight of the subsets of this size.</summary>
    internal double Weight;

    internal static void Extend(Span<ShapPath> path, int depth, double zero, double one, int player)
    {
        path[depth] = new()
        {
            Player = player,
            Zero = zero,
            One = one,
            Weight = depth == 0 ? 1 : 0,
        };
        for (var i = depth - 1; i >= 0; i--)
        {
            path[i + 1].Weight += one * path[i].Weight * (i + 1) / (depth + 1);
            path[i].Weight = zero * path[i].Weight * (depth - i) / (depth + 1);
        }
    }

    internal static void Unwind(Span<ShapPath> path, int depth, int index)
    {
        var (one, zero, next) = (path[index].One, path[index].Zero, path[depth].Weight);
        for (var i = depth - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var weight = path[i].Weight;
                path[i].Weight = next * (depth + 1) / ((i + 1) * one);
                next = weight - path[i].Weight * zero * (depth - i) / (depth + 1);
            }
            else if (zero != 0)
            {
                path[i].Weight = path[i].Weight * (depth + 1) / (zero * (depth - i));
            }
        }
        for (var i = index; i < depth; i++)
            (path[i].Player, path[i].Zero, path[i].One) = (path[i + 1].Player, path[i + 1].Zero, path[i + 1].One);
    }

    /// <summary>Shares of a product game: Σ of the path's factors over known and unknown players, times a value.</summary>
    internal static void AddGame(ReadOnlySpan<ShapPath> path, int depth, double value, double[] shares)
    {
        for (var i = 1; i <= depth; i++)
            shares[path[i].Player] += UnwoundSum(path, depth, i) * (path[i].One - path[i].Zero) * value;
    }

    /// <summary>Multiplies a player's factors, known and unknown; a player that is not on the path comes onto it.</summary>
    /// <param name="path">With room for one more.</param>
    /// <returns>The path's depth.</returns>
    internal static int Multiply(Span<ShapPath> path, int depth, int player, double zero, double one)
    {
        for (var i = 1; i <= depth; i++)
        {
            if (path[i].Player != player)
                continue;
            (zero, one) = (zero * path[i].Zero, one * path[i].One);
            Unwind(path, depth, i);
            depth--;
            break;
        }
        Extend(path, depth + 1, zero, one, player);
        return depth + 1;
    }

    /// <summary>Σ of the weights that <see cref="Unwind"/> would leave.</summary>
    internal static double UnwoundSum(ReadOnlySpan<ShapPath> path, int depth, int index)
    {
        var (one, zero, next, total) = (path[index].One, path[index].Zero, path[depth].Weight, 0.0);
        for (var i = depth - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var weight = next * (depth + 1) / ((i + 1) * one);
                total += weight;
                next = path[i].Weight - weight * zero * (depth - i) / (depth + 1);
            }
            else if (zero != 0)
            {
                total += path[i].Weight / (zero * (depth - i) / (depth + 1));
            }
        }
        return total;
    }
}
