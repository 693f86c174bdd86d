using System.Buffers;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>The half deviance of a family.</summary>
class FamilyLoss<TLoss>(string name, TLoss loss) : LossOver<TLoss>(name, loss)
    where TLoss : struct, IHalfDeviance
{
    readonly Family family =
        loss.Family ?? throw new ArgumentException($"{typeof(TLoss).Name} is no family's half deviance.", nameof(loss));

    internal override Family? Family => family;

    internal override string Domain => family.Domain;

    internal override int IndexOutsideDomain(ReadOnlySpan<double> target) => family.IndexOutsideDomain(target);

    internal override double Deviance(ReadOnlySpan<double> target, ReadOnlySpan<double> weight, ReadOnlySpan<double> eta)
    {
        var rented = ArrayPool<double>.Shared.Rent(eta.Length);
        var mu = rented.AsSpan(0, eta.Length);
        Link.Inverse(eta, mu);
        var deviance = family.Deviance(target, mu, weight);
        ArrayPool<double>.Shared.Return(rented);
        return deviance;
    }
}
