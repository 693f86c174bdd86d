using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Halley.Kernels;

/// <summary>The best of each menu under a weighted sum of its measures, sixteen menus at a time.</summary>
/// <remarks>
/// A tile holds sixteen menus side by side, so that one stream is read from front to back and no lane waits for another:
/// <code>
/// option 0: measure 0 of menus 0..15 | measure 1 of menus 0..15 | …    option 1: …
/// </code>
/// </remarks>
public static class MenuTiles
{
    /// <summary>Menus in a tile.</summary>
    public const int Lanes = 16;

    /// <summary>Where a menu's number stands in its tile.</summary>
    public static int CellOf(int option, int measure, int measures, int lane) => (option * measures + measure) * Lanes + lane;

    /// <summary>For each of sixteen menus the option with the largest Σ weightⱼ·cellⱼ; of equal ones the first.</summary>
    /// <param name="tile">Shape (options, measures, 16).</param>
    /// <param name="weights">Shape (measures, 16).</param>
    /// <param name="best">Sixteen option numbers.</param>
    /// <remarks>Products are rounded before they are added, in the measures' order: the same choice at every SIMD width.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FindBest(ReadOnlySpan<float> tile, int options, int measures, ReadOnlySpan<float> weights, Span<int> best)
    {
        if (tile.Length < options * measures * Lanes || weights.Length < measures * Lanes || best.Length < Lanes)
            throw new ArgumentException("a tile, its weights and its results have shapes that belong together.");
        // In bounds by the check above: offset + Lanes never passes options × measures × 16.
        ref var cells = ref MemoryMarshal.GetReference(tile);
        ref var factors = ref MemoryMarshal.GetReference(weights);
        var (top, chosen) = (Vector512.Create(float.NegativeInfinity), Vector512<int>.Zero);
        nuint offset = 0;
        for (var option = 0; option < options; option++)
        {
            var score = Vector512.LoadUnsafe(ref cells, offset) * Vector512.LoadUnsafe(ref factors);
            offset += Lanes;
            for (var measure = 1; measure < measures; measure++, offset += Lanes)
                score += Vector512.LoadUnsafe(ref cells, offset) * Vector512.LoadUnsafe(ref factors, (nuint)(measure * Lanes));
            var isBetter = Vector512.GreaterThan(score, top);
            top = Vector512.ConditionalSelect(isBetter, score, top);
            chosen = Vector512.ConditionalSelect(isBetter.AsInt32(), Vector512.Create(option), chosen);
        }
        chosen.CopyTo(best);
    }

    /// <summary>For each of sixteen menus the largest Σ weightⱼ·cellⱼ in double precision.</summary>
    /// <inheritdoc cref="FindBest"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FindTop(
        ReadOnlySpan<float> tile,
        int options,
        int measures,
        ReadOnlySpan<double> weights,
        Span<double> top
    )
    {
        if (tile.Length < options * measures * Lanes || weights.Length < measures * Lanes || top.Length < Lanes)
            throw new ArgumentException("a tile, its weights and its results have shapes that belong together.");
        // In bounds by the check above, as in FindBest.
        ref var cells = ref MemoryMarshal.GetReference(tile);
        ref var factors = ref MemoryMarshal.GetReference(weights);
        var (low, high) = (Vector512.Create(double.NegativeInfinity), Vector512.Create(double.NegativeInfinity));
        nuint offset = 0;
        for (var option = 0; option < options; option++)
        {
            var (lowScore, highScore) = (Vector512<double>.Zero, Vector512<double>.Zero);
            for (var measure = 0; measure < measures; measure++, offset += Lanes)
            {
                var cell = Vector512.LoadUnsafe(ref cells, offset);
                var factor = (nuint)(measure * Lanes);
                lowScore += Vector512.WidenLower(cell) * Vector512.LoadUnsafe(ref factors, factor);
                highScore += Vector512.WidenUpper(cell) * Vector512.LoadUnsafe(ref factors, factor + Lanes / 2);
            }
            low = Vector512.Max(low, lowScore);
            high = Vector512.Max(high, highScore);
        }
        low.CopyTo(top);
        high.CopyTo(top[(Lanes / 2)..]);
    }
}
