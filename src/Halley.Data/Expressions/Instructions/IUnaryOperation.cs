namespace Halley.Data.Expressions;

/// <summary>A function of one slot value, written once for one row.</summary>
interface IUnaryOperation
{
    static abstract double Of(double x);
}
