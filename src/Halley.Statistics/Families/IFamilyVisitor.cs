namespace Halley.Statistics;

/// <summary>Work that is compiled once per family with the family's formulas inside its loops; see <see cref="Family.Accept"/>.</summary>
public interface IFamilyVisitor<out TResult>
{
    TResult Visit<TFamily>(TFamily family)
        where TFamily : struct, IFamily;
}
