using Halley.Data.Expressions;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>prediction = g⁻¹(raw + offset).</summary>
/// <param name="offset">Slot of the offset; null for none.</param>
sealed class LinkInstruction(Link link, int raw, int? offset, int prediction) : ISlotInstruction
{
    public void Run(SlotBlock block)
    {
        ReadOnlySpan<double> eta = block[raw];
        var mu = block[prediction];
        eta.CopyTo(mu);
        if (offset is { } slot)
        {
            ReadOnlySpan<double> known = block[slot];
            for (var row = 0; row < mu.Length; row++)
                mu[row] += known[row];
        }
        link.Inverse(mu, mu);
    }
}
