namespace Halley.Data.Expressions;

/// <summary>A function of two slot values, written once for one row.</summary>
interface IBinaryOperation
{
    static abstract double Of(double x, double y);
}
