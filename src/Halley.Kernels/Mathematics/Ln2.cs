namespace Halley.Kernels;

/// <summary>ln 2 in two parts; the high one has 41 bits, so that its product with an exponent is exact.</summary>
static class Ln2
{
    internal const double High = 0.693147180559663;
    internal const double Low = 2.8235290563031577e-13;
}
