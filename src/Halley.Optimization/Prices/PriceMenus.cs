using Halley.Kernels;

namespace Halley.Optimization;

/// <summary>For every policy a menu of options; for every option its profit and what limits are made of, in whole units.</summary>
/// <remarks>
/// Measure 0 is the profit. Cells are whole numbers that a single-precision number holds exactly, so a plan's totals are right to the
/// last unit; they lie in tiles (<see cref="MenuTiles"/>) of sixteen policies, in blocks that one thread works on.
/// Options outside a policy's allowed run are filled with the nearest allowed one: no choice ever lands outside.
/// </remarks>
public sealed class PriceMenus
{
    /// <summary>Largest number of units in a cell: all whole numbers up to it are exact.</summary>
    public const double LargestCell = 16_777_216;

    const int TilesInBlock = RowBlocks.BlockSize / MenuTiles.Lanes;

    readonly float[][] blocks;
    readonly ushort[] classes;
    readonly (ushort Low, ushort High)[]? allowed;

    internal PriceMenus(
        int policyCount,
        int optionCount,
        IReadOnlyList<string> measures,
        ushort[] classes,
        (ushort Low, ushort High)[]? allowed
    )
    {
        (PolicyCount, OptionCount, Measures, this.classes, this.allowed) = (policyCount, optionCount, measures, classes, allowed);
        ClassCount = classes.Length == 0 ? 1 : classes.Max() + 1;
        blocks = new float[RowBlocks.CountOf(policyCount)][];
        for (var block = 0; block < blocks.Length; block++)
        {
            var tiles = (RowBlocks.At(block, policyCount).Count + MenuTiles.Lanes - 1) / MenuTiles.Lanes;
            blocks[block] = new float[tiles * TileLength];
        }
    }

    /// <summary>Writes a policy's menu, shape (options, measures), as whole numbers of units.</summary>
    public delegate void FillMenu(int policy, Span<double> menu);

    public int PolicyCount { get; }

    public int OptionCount { get; }

    /// <summary>Names of the measures; the first is the profit.</summary>
    public IReadOnlyList<string> Measures { get; }

    /// <summary>Groups of policies that a limit can tell apart.</summary>
    public int ClassCount { get; }

    internal int TileCount => (PolicyCount + MenuTiles.Lanes - 1) / MenuTiles.Lanes;

    int TileLength => OptionCount * Measures.Count * MenuTiles.Lanes;

    /// <summary>Makes menus from a callback that is called once for each policy, on several threads.</summary>
    /// <param name="classes">The class of each policy, from 0.</param>
    /// <param name="allowed">First and last option that a policy's own rules allow; null where all are.</param>
    /// <exception cref="HalleyException">HLY2342: a cell that is no whole number of units, or too large.</exception>
    public static PriceMenus Fill(
        int policyCount,
        int optionCount,
        IReadOnlyList<string> measures,
        ushort[] classes,
        FillMenu fill,
        (ushort Low, ushort High)[]? allowed = null,
        int threads = 0
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(optionCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(optionCount, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfNotEqual(classes.Length, policyCount);
        var menus = new PriceMenus(policyCount, optionCount, measures, classes, allowed);
        RowBlocks.For(
            policyCount,
            threads,
            block =>
            {
                var menu = new double[optionCount * measures.Count];
                for (var policy = block.Start; policy < block.End; policy++)
                {
                    fill(policy, menu);
                    menus.Set(policy, menu);
                }
            }
        );
        return menus;
    }

    /// <summary>The option that a choice stands for: options outside the allowed run are copies of its ends.</summary>
    internal int OptionOf(int policy, int choice) =>
        allowed is null ? choice : Math.Clamp(choice, allowed[policy].Low, allowed[policy].High);

    internal (int Low, int High) AllowedOf(int policy) => allowed is null ? (0, OptionCount - 1) : allowed[policy];

    internal int ClassOf(int policy) => classes[policy];

    internal ReadOnlySpan<float> Tile(int tile) =>
        blocks[tile / TilesInBlock].AsSpan(tile % TilesInBlock * TileLength, TileLength);

    /// <summary>Units of a measure of a policy's option.</summary>
    internal double Cell(int policy, int option, int measure) =>
        Tile(policy / MenuTiles.Lanes)[MenuTiles.CellOf(option, measure, Measures.Count, policy % MenuTiles.Lanes)];

    /// <summary>The same menus of some policies only.</summary>
    internal PriceMenus Take(int[] policies)
    {
        var part = new PriceMenus(
            policies.Length,
            OptionCount,
            Measures,
            [.. policies.Select(policy => classes[policy])],
            allowed is null ? null : [.. policies.Select(policy => allowed[policy])]
        );
        for (var i = 0; i < policies.Length; i++)
        {
            for (var option = 0; option < OptionCount; option++)
            {
                for (var measure = 0; measure < Measures.Count; measure++)
                    part.At(i, option, measure) = (float)Cell(policies[i], option, measure);
            }
        }
        return part;
    }

    void Set(int policy, ReadOnlySpan<double> menu)
    {
        for (var option = 0; option < OptionCount; option++)
        {
            var source = OptionOf(policy, option) * Measures.Count;
            for (var measure = 0; measure < Measures.Count; measure++)
            {
                var value = menu[source + measure];
                if (!(Math.Abs(value) <= LargestCell) || value != Math.Floor(value))
                    OptimizationErrors.ThrowTooLarge(
                        Measures[measure],
                        policy.ToString(System.Globalization.CultureInfo.InvariantCulture),
                        value
                    );
                At(policy, option, measure) = (float)value;
            }
        }
    }

    ref float At(int policy, int option, int measure)
    {
        var tile = policy / MenuTiles.Lanes;
        var start = tile % TilesInBlock * TileLength;
        return ref blocks[tile / TilesInBlock][
            start + MenuTiles.CellOf(option, measure, Measures.Count, policy % MenuTiles.Lanes)
        ];
    }
}
